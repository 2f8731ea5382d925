"""Daily rates to euros with holes of days and weeks; some currencies have none."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine import Engine

OWN = {"reporting_currency": "eur", "exchange_rates_relation": "finance.rates"}
RATES = {"finance": {"rates": {c: "varchar" for c in ("date", "currency", "rate")}}}


def rates() -> list[dict[str, Any]]:
    """Rates of dollars, yen and dinars from January to April, with holes."""
    draw = random.Random(20)
    rows = []
    for code, size in (("usd", "0.9"), ("JPY", "0.0061"), (" kwd", "3.1")):
        day = date(2026, 1, 5)
        while day < date(2026, 5, 1):
            changed = Decimal(size) * Decimal(draw.randint(90_000_000, 110_000_000))
            rate = round(changed / 100_000_000, 10)
            rows.append({"date": day, "currency": code, "rate": rate})
            day += timedelta(days=draw.choice((1, 1, 1, 1, 3, 3, 12)))
    return rows


def load_rates(engine: Engine) -> None:
    """Put the rates beside the accounts of an engine made with RATES."""
    engine.connection.executemany(
        "insert into finance.rates values (?, ?, ?)",
        [[str(value) for value in row.values()] for row in rates()],
    )
