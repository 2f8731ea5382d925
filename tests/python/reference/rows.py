"""Raw rows of one source, deduplicated, typed, without test mode."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reference import time

Row = Mapping[str, Any]
# collection -> rows as Segment delivers them
Account = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Settings:
    """What the variables of the dbt project say; as_of is in the reporting zone."""

    as_of: date
    reporting_timezone: str = "UTC"
    include_test_mode: bool = False

    def date_of(self, moment: datetime | None) -> date | None:
        """Reporting date of a naive UTC timestamp."""
        return time.date_in(moment, self.reporting_timezone)

    def is_later(self, moment: datetime | None) -> bool:
        """Dated after the as-of day; the undated are not."""
        day = self.date_of(moment)
        return day is not None and day > self.as_of


@dataclass(frozen=True)
class Source:
    """One Stripe account: collections as id -> latest version, created in naive UTC.

    charges, refunds and payment_intents are without test mode unless asked for; rows
    dated after the as-of day are still there.
    """

    relation: str
    settings: Settings
    accounts: dict[str, Row]
    balance_transactions: dict[str, Row]
    charges: dict[str, Row]
    customers: dict[str, Row]
    invoices: dict[str, Row]
    payment_intents: dict[str, Row]
    refunds: dict[str, Row]
    has_refund_rows: bool

    def known(self, rows: Mapping[str, Row]) -> list[Row]:
        """The rows not dated after the as-of day, the undated included."""
        return [
            row for row in rows.values() if not self.settings.is_later(row["created"])
        ]


def version(row: Row) -> tuple:
    """Sort key: the latest received_at, then uuid_ts, is the newest version."""
    oldest = datetime.min
    return (
        time.utc(row.get("received_at")) or oldest,
        time.utc(row.get("uuid_ts")) or oldest,
    )


def latest(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Newest version of each object, by id; created and currencies made regular."""
    found: dict[str, Row] = {}
    for row in rows:
        kept = found.get(row["id"])
        if kept is None or version(row) > version(kept):
            found[row["id"]] = row
    return {key: regular(row) for key, row in found.items()}


def regular(row: Row) -> dict[str, Any]:
    """The row with created as naive UTC and currency codes trimmed, in lower case."""
    result = dict(row)
    created = row.get("created")
    result["created"] = time.utc(row.get("date") if created is None else created)
    for column in ("currency", "default_currency"):
        code = row.get(column)
        result[column] = code.strip().lower() if code else None
    return result


def read(relation: str, account: Account, settings: Settings) -> Source:
    """One source as the other modules read it."""

    def newest(collection: str) -> dict[str, dict[str, Any]]:
        return latest(account.get(collection, ()))

    def in_mode(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        if settings.include_test_mode:
            return rows
        return {k: row for k, row in rows.items() if row.get("livemode") is not False}

    every_charge = newest("charges")
    charges = in_mode(every_charge)
    test_charges = every_charge.keys() - charges.keys()
    return Source(
        relation=relation,
        settings=settings,
        accounts=newest("accounts"),
        balance_transactions=newest("balance_transactions"),
        charges=charges,
        customers=newest("customers"),
        invoices=newest("invoices"),
        payment_intents=in_mode(newest("payment_intents")),
        refunds={
            key: row
            for key, row in newest("refunds").items()
            if row.get("charge_id") not in test_charges
        },
        has_refund_rows=bool(account.get("refunds")),
    )
