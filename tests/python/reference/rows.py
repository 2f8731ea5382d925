"""Raw rows of one source, deduplicated, typed, without test mode."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from reference import time

Row = Mapping[str, Any]
# collection -> rows as Segment delivers them
Account = Mapping[str, Sequence[Row]]

MOMENTS = (
    "available",
    "due_date",
    "next_payment_attempt",
    "period_end",
    "period_start",
    "received_at",
    "webhooks_delivered_at",
)
SNAPSHOTS = (
    "subscriptions_snapshot",
    "subscription_items_snapshot",
    "discounts_snapshot",
)
# Collections whose `date` is an older name of `created`.
DATED_BY_DATE = {"invoices", "invoice_items"}
# Steps of the funnel that are no events.
BUILT_IN_STEPS = ("visit", "sign_up", "first_payment")


@dataclass(frozen=True)
class Settings:
    """What the variables of the dbt project say; as_of is in the reporting zone."""

    as_of: date
    reporting_timezone: str = "UTC"
    include_test_mode: bool = False
    mrr_statuses: tuple[str, ...] = ("active", "past_due")
    mrr_coupon_durations: tuple[str, ...] = ("forever",)
    identity_metadata_column: str | None = None
    unite_customers_by_email: bool = False
    session_idle_minutes: int = 30
    ltv_margin: Decimal | float = 1
    funnel_steps: Sequence[str] = BUILT_IN_STEPS
    reporting_currency: str | None = None
    exchange_rates_relation: str | None = None
    max_rate_age_days: int = 7
    stripe_accounts: Sequence[Mapping[str, str]] = ()

    @property
    def event_steps(self) -> list[str]:
        """Steps of the funnel that are events of websites and apps."""
        return [step for step in self.funnel_steps if step not in BUILT_IN_STEPS]

    def date_of(self, moment: datetime | None) -> date | None:
        """Reporting date of a naive UTC timestamp."""
        return time.date_in(moment, self.reporting_timezone)

    def is_later(self, moment: datetime | None) -> bool:
        """Dated after the as-of day; the undated are not."""
        day = self.date_of(moment)
        return day is not None and day > self.as_of


# Sources are told apart by identity, so that what is found of one can be kept.
@dataclass(frozen=True, eq=False)
class Source:
    """One Stripe account: collections as id -> latest version, created in naive UTC.

    Without test mode unless asked for; rows dated after the as-of day are still there.
    """

    relation: str
    settings: Settings
    accounts: dict[str, Row]
    balance_transactions: dict[str, Row]
    charges: dict[str, Row]
    coupons: dict[str, Row]
    cards: dict[str, Row]
    customers: dict[str, Row]
    discounts: dict[str, Row]
    disputes: dict[str, Row]
    fee_details: dict[str, Row]
    invoice_items: dict[str, Row]
    # By invoice and id.
    invoice_lines: dict[tuple, Row]
    invoices: dict[str, Row]
    payment_intents: dict[str, Row]
    payment_methods: dict[str, Row]
    plans: dict[str, Row]
    products: dict[str, Row]
    refunds: dict[str, Row]
    subscription_items: dict[str, Row]
    subscriptions: dict[str, Row]
    tax_rates: dict[str, Row]
    test_subscriptions: frozenset[str]
    transfer_reversals: dict[str, Row]
    transfers: dict[str, Row]
    # name -> rows: columns of staging, dbt_valid_from and dbt_valid_to
    snapshots: dict[str, Sequence[Row]]
    has_balance_rows: bool
    has_refund_rows: bool
    has_discount_ids: bool

    def known(self, rows: Mapping[str, Row]) -> list[Row]:
        """The rows not dated after the as-of day, the undated included."""
        return [
            row for row in rows.values() if not self.settings.is_later(row["created"])
        ]

    @cached_property
    def known_charges(self) -> list[Row]:
        """Charges by the as-of day."""
        return self.known(self.charges)

    @cached_property
    def known_charge_ids(self) -> set[str]:
        """Charges by the as-of day, the undated included."""
        return {row["id"] for row in self.known_charges}

    @cached_property
    def known_transactions(self) -> list[Row]:
        """Balance transactions by the as-of day."""
        return self.known(self.balance_transactions)

    @cached_property
    def known_invoices(self) -> list[Row]:
        """Invoices by the as-of day."""
        return self.known(self.invoices)

    @cached_property
    def transactions_by_source(self) -> dict[str, list[Row]]:
        """Balance transactions by the as-of day, by the object that caused them."""
        return grouped(self.known_transactions, "source")

    @cached_property
    def every_transaction_by_source(self) -> dict[str, list[Row]]:
        """Balance transactions of any date, by the object that caused them."""
        return grouped(self.balance_transactions.values(), "source")

    @cached_property
    def refunds_by_charge(self) -> dict[str, list[Row]]:
        """Refunds of each charge, whenever they were made."""
        return grouped(self.refunds.values(), "charge_id")

    @cached_property
    def invoices_by_charge(self) -> dict[str, list[Row]]:
        """Invoices of any date, by the charge that they name."""
        return grouped(self.invoices.values(), "charge_id")


def grouped(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column; rows without a value are left out."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get(column) is not None:
            found[row[column]].append(row)
    return dict(found)


def version(row: Row) -> tuple:
    """Sort key: the latest received_at, then uuid_ts, is the newest version.

    Of equals it is the greatest as text, so that it is the same one every time.
    """
    oldest = datetime.min
    return (
        time.utc(row.get("received_at")) or oldest,
        time.utc(row.get("uuid_ts")) or oldest,
        sorted((name, str(value)) for name, value in row.items()),
    )


def without_empty(row: Row) -> dict[str, Any]:
    """The row with empty texts as what they mean: nothing."""
    return {name: None if value == "" else value for name, value in row.items()}


def latest(rows: Iterable[Row], collection: str = "") -> dict[Any, Row]:
    """Newest version of each object, by its key; moments and currencies regular.

    The key is the id; of an invoice's line, whose ids repeat, the invoice too.
    """
    found: dict[Any, Row] = {}
    for row in map(without_empty, rows):
        key = row["id"]
        if collection == "invoice_lines":
            key = row.get("invoice_id"), row["id"]
        kept = found.get(key)
        if kept is None or version(row) > version(kept):
            found[key] = row
    is_dated_by_date = collection in DATED_BY_DATE
    return {key: regular(row, is_dated_by_date) for key, row in found.items()}


def regular(row: Row, is_dated_by_date: bool = False) -> dict[str, Any]:
    """The row with moments as naive UTC and currency codes trimmed, in lower case."""
    result = dict(row)
    created = row.get("created")
    if created is None and is_dated_by_date:
        created = row.get("date")
    result["created"] = time.utc(created)
    for column in MOMENTS:
        if row.get(column) is not None:
            result[column] = time.utc(row[column])
    for column in ("currency", "default_currency"):
        code = row.get(column)
        result[column] = code.strip().lower() if code else None
    return result


def read(relation: str, account: Account, settings: Settings) -> Source:
    """One source as the other modules read it."""

    def every(collection: str) -> dict[Any, Row]:
        return latest(account.get(collection, ()), collection)

    def in_mode(rows: dict[Any, Row]) -> dict[Any, Row]:
        if settings.include_test_mode:
            return rows
        return {k: row for k, row in rows.items() if row.get("livemode") is not False}

    def newest(collection: str) -> dict[Any, Row]:
        return in_mode(every(collection))

    every_charge = every("charges")
    charges = in_mode(every_charge)
    test_charges = {k: row for k, row in every_charge.items() if k not in charges}
    test_disputes = {row.get("dispute_id") for row in test_charges.values()} - {None}
    every_refund, every_dispute = every("refunds"), every("disputes")
    refunds = {
        key: row
        for key, row in in_mode(every_refund).items()
        if row.get("charge_id") not in test_charges
    }
    disputes = {
        key: row
        for key, row in in_mode(every_dispute).items()
        if row.get("charge_id") not in test_charges
        and not (row.get("charge_id") is None and key in test_disputes)
    }
    # An object of test mode, its refunds and its disputes cause no real movement.
    origins = test_charges.keys() | (every_refund.keys() - refunds.keys())
    origins |= every_dispute.keys() - disputes.keys()
    origins |= test_disputes - disputes.keys()
    named = {row.get("balance_transaction_id") for row in test_charges.values()}
    named |= {
        row.get("balance_transaction_id") or row.get("balance_transaction")
        for key, row in every_refund.items()
        if key not in refunds
    }
    every_subscription = every("subscriptions")
    subscriptions = in_mode(every_subscription)
    test_subscriptions = frozenset(every_subscription.keys() - subscriptions.keys())
    return Source(
        relation=relation,
        settings=settings,
        accounts=newest("accounts"),
        balance_transactions={
            key: row
            for key, row in newest("balance_transactions").items()
            if row.get("source") not in origins and key not in named
        },
        charges=charges,
        coupons=newest("coupons"),
        cards=newest("cards"),
        customers=newest("customers"),
        discounts=newest("discounts"),
        disputes=disputes,
        fee_details=newest("balance_transaction_fee_details"),
        invoice_items=newest("invoice_items"),
        invoice_lines=newest("invoice_lines"),
        invoices={
            key: row
            for key, row in newest("invoices").items()
            if row.get("subscription_id") not in test_subscriptions
        },
        payment_intents=newest("payment_intents"),
        payment_methods=newest("payment_methods"),
        plans=newest("plans"),
        products=newest("products"),
        refunds=refunds,
        subscription_items=newest("subscription_items"),
        subscriptions=subscriptions,
        tax_rates=newest("tax_rates"),
        test_subscriptions=test_subscriptions,
        transfer_reversals=newest("transfer_reversals"),
        transfers=newest("transfers"),
        snapshots={
            name: [without_empty(row) for row in account.get(name, ())]
            for name in SNAPSHOTS
        },
        has_balance_rows=bool(account.get("balance_transactions")),
        has_refund_rows=bool(account.get("refunds")),
        has_discount_ids=any(
            "discount_id" in row for row in account.get("subscriptions", ())
        ),
    )
