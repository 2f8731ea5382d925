"""A letter of one account, or of all, over a warehouse."""

from __future__ import annotations

from alerts.watch import Watch
from dashboards.queries.shared import SCOPE
from dashboards.text.accounts import account_name
from dashboards.text.formatting import day, day_range
from dashboards.warehouse import Warehouse
from digest.figures import part
from digest.letter import Letter
from digest.period import Period, PeriodError, read_month, read_week


def read_period(warehouse: Warehouse, week: str | None, month: str | None) -> Period:
    """The week or month that is asked for. Raises PeriodError."""
    offered = warehouse.query(SCOPE)
    if not offered:
        raise PeriodError("There are no charges, refunds or customers yet.")
    first = min(row["first_date"] for row in offered)
    as_of = warehouse.freshness().as_of
    return read_month(month, first, as_of) if month else read_week(week, first, as_of)


def letter(
    warehouse: Warehouse, period: Period, account: str | None, watch: Watch
) -> Letter:
    """All currencies of the period, the busiest first, and the alerts that stand."""
    offered = warehouse.query(SCOPE)
    known = sorted({row["source_relation"] for row in offered})
    if account and account not in known:
        raise PeriodError(
            f"There is no account {account}: there are {', '.join(known)}."
        )
    accounts = [account] if account else known
    rows = [row for row in offered if row["source_relation"] in accounts]
    as_of = warehouse.freshness().as_of
    found = [
        part(warehouse, currency, account, period, as_of)
        for currency in dict.fromkeys(row["currency"] for row in rows)
    ]
    watched = watch.look()
    lines = [
        f"Compared with {day_range(*period.before)}.",
        f"State at the end of {day(as_of)}; days are of zone {warehouse.zone()}; "
        f"accounts: {', '.join(map(account_name, accounts))}.",
    ]
    alerts = [
        alert
        for alert in watched.alerts
        if not watch.rules.silenced(alert.rule, alert.groups, as_of)
    ]
    return Letter(period.title, lines, [one for one in found if one], alerts)
