"""Daily exchange rates to the euro, as a central bank gives them."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np

from .catalog import CURRENCIES, EUR, JPY, USD
from .clock import epoch
from .money import usd_rate

FILE = "exchange_rates.csv"
QUOTED = (USD, JPY)
"""Nobody quotes dinars, so that they stay without any rate."""
SATURDAY = 5


def write_rates(path: Path, first: dt.date, last: dt.date) -> int:
    """Write date, currency and rate (euros for one unit, six digits) of every weekday.

    Dollars settle at the same rates. Returns the number of rows.
    """
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [
        (day, CURRENCIES[currency], f"{euros(currency, day):.6g}")
        for day in days
        if day.weekday() < SATURDAY
        for currency in QUOTED
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("date", "currency", "rate"), *rows])
    return len(rows)


def euros(currency: int, day: dt.date) -> float:
    """Euros for one major unit of a currency."""
    moment = np.array([epoch(day)] * 2)
    dollars = usd_rate(np.array([currency, EUR]), moment)
    return float(dollars[0] / dollars[1])
