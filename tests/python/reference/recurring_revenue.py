"""Recurring revenue by month: fct_customer_mrr and mrr_monthly.

A month's figures are the state just before its end in the reporting zone: what was
known of a subscription then, else what its invoice lines say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.churn import KINDS, NO_CAUSE, Cause, cause_of, trial_conversion_monthly
from reference.discounts import discounts_at, terms_of
from reference.histories import BEGINNING, History, histories
from reference.invoices import status_of
from reference.rows import Row, Settings, Source, grouped
from reference.subscriptions import (
    ZERO,
    Item,
    amounts,
    end_of_day,
    fct_subscriptions,
    is_counted,
    item_of,
    items_of,
)

RENEWED_WITHIN = timedelta(days=3)
MOVEMENTS = ("new", "reactivation", "expansion", "contraction", "churn")
# What a movement is called as a count of customers.
COUNTS = {
    "new": "new_paying",
    "reactivation": "reactivated",
    "expansion": "expanded",
    "contraction": "contracted",
    "churn": "churned",
}


@dataclass
class State:
    """What a customer's subscriptions in one currency are worth at a moment."""

    amount: Decimal = ZERO
    estimated: Decimal = ZERO
    excluded: int = 0
    subscriptions: set[str] = field(default_factory=set)
    # Subscription -> what it is worth.
    worth: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))


# (customer, currency) -> what it is worth
States = Mapping[tuple[str, str], State]


class Revenue:
    """Recurring revenue of one source, moment by moment."""

    def __init__(self, source: Source) -> None:
        self.source = source
        current = {row["id"]: row for row in source.known(source.subscriptions)}
        self.subscriptions = {
            name: found
            for name, found in histories(
                current, source.snapshots["subscriptions_snapshot"], "subscription_id"
            ).items()
            if name in current
        }
        items = histories(
            {row["id"]: row for row in source.known(source.subscription_items)},
            # An item may be gone, but was none that is dated after the as-of day.
            [
                row
                for row in source.snapshots["subscription_items_snapshot"]
                if not source.settings.is_later(time.utc(row.get("created_at")))
            ],
            "subscription_item_id",
        )
        self.items: dict[str | None, list[History]] = defaultdict(list)
        for found in items.values():
            for owner in {v.row.get("subscription_id") for v in found.versions}:
                self.items[owner].append(found)
        self.current = current
        self.lines = grouped(self.subscription_lines(), "subscription_id")

    def subscription_lines(self) -> Iterator[dict[str, Any]]:
        """Invoice lines that bill a subscription's period, with their invoice."""
        for line in self.source.invoice_lines.values():
            invoice = self.source.invoices.get(line.get("invoice_id"))
            if invoice is None or self.source.settings.is_later(invoice["created"]):
                continue
            name = line.get("subscription_id") or invoice.get("subscription_id")
            if (
                line.get("type") == "subscription"
                and line.get("proration") is not True
                and line.get("amount")
                and status_of(invoice) not in ("draft", "void")
                and line.get("period_start")
                and line.get("period_end")
                and name not in self.source.test_subscriptions
            ):
                yield line | {
                    "subscription_id": name,
                    "invoice_id": invoice["id"],
                    "invoiced": invoice["created"] or BEGINNING,
                }

    def first_moment(self) -> datetime | None:
        """The earliest moment that anything is dated; None where nothing is."""
        moments = [
            *[found.known_from for found in self.subscriptions.values()],
            *[line["period_start"] for rows in self.lines.values() for line in rows],
            *[row["created"] for row in self.current.values() if row["created"]],
        ]
        return min((m for m in moments if m != BEGINNING), default=None)

    def states(self, moment: datetime) -> States:
        """Every customer's recurring revenue just before the moment."""
        found: dict[tuple[str, str], State] = defaultdict(State)
        for name in self.subscriptions.keys() | self.lines.keys():
            is_estimated = not self.is_known(name, moment)
            if is_estimated and self.is_over(name, moment):
                continue
            said = self.estimated if is_estimated else self.known
            customer, discount_id, items = said(name, moment)
            if customer is None:
                continue
            terms = terms_of(
                self.source,
                discounts_at(self.source, name, discount_id, customer, moment),
            )
            for item, amount in zip(items, amounts(items, terms), strict=True):
                if item.currency is None:
                    continue
                state = found[customer, item.currency]
                state.amount += amount
                state.worth[name] += amount
                state.estimated += amount if is_estimated else ZERO
                state.excluded += item.is_excluded
                if amount > 0:
                    state.subscriptions.add(name)
        return found

    def is_known(self, name: str, moment: datetime) -> bool:
        """Whether anything was known of the subscription just before the moment."""
        found = self.subscriptions.get(name)
        return found is not None and found.known_from < moment

    def is_over(self, name: str, moment: datetime) -> bool:
        """Whether it had ended on the day that ends at the moment, or before."""
        ended_at = time.utc(self.current.get(name, {}).get("ended_at"))
        day = self.source.settings.date_of(moment - timedelta(microseconds=1))
        return ended_at is not None and self.source.settings.date_of(ended_at) <= day

    def known(
        self, name: str, moment: datetime
    ) -> tuple[str | None, str | None, list[Item]]:
        """Customer, discount and items, as they were known."""
        row = self.subscriptions[name].at(moment)
        if row is None or not is_counted(row, self.source.settings):
            return None, None, []
        versions = (found.at(moment) for found in self.items.get(name, ()))
        items = [
            version
            for version in versions
            if version
            and version.get("subscription_id") == name
            and version.get("is_deleted") is not True
        ]
        return (
            row.get("customer_id"),
            row.get("discount_id"),
            items_of(row, items, self.source),
        )

    def estimated(
        self, name: str, moment: datetime
    ) -> tuple[str | None, str | None, list[Item]]:
        """Customer, discount and items, as the newest invoice of the period bills."""
        lines = [
            line
            for line in self.lines.get(name, ())
            if line["period_start"] < moment <= line["period_end"]
            and covered_from(line) < moment
        ]
        if not lines:
            return None, None, []
        _, newest = max((line["invoiced"], line["invoice_id"]) for line in lines)
        items = [
            item_of(line, self.source) for line in lines if line["invoice_id"] == newest
        ]
        row = self.current.get(name, {})
        invoice = self.source.invoices[newest]
        customer = row.get("customer_id") or invoice.get("customer_id")
        return customer, row.get("discount_id"), items


def covered_from(line: Row) -> datetime:
    """Since when a line tells what was paid: renewals are invoiced soon after."""
    start, invoiced = line["period_start"], line["invoiced"]
    return start if invoiced <= start + RENEWED_WITHIN else invoiced


def months(first: date, last: date) -> Iterator[date]:
    """Every month from that of the first day to that of the last."""
    month = time.month_of(first)
    while month <= last:
        yield month
        month = time.month_of(month + timedelta(days=31))


def states_by_month(revenue: Revenue, settings: Settings) -> dict[date, States]:
    """Month -> what is left at its end, or at the end of the as-of day."""
    first = settings.date_of(revenue.first_moment()) or settings.as_of
    found = {}
    for month in months(min(first, settings.as_of), settings.as_of):
        moment = end_of_day(last_day(month, settings), settings)
        found[month] = revenue.states(moment)
    return found


def movement_of(opening: Decimal, closing: Decimal, was_positive: bool) -> str:
    """What happened to a customer in one currency."""
    if opening == closing:
        return "none"
    if not opening:
        return "reactivation" if was_positive else "new"
    if not closing:
        return "churn"
    return "expansion" if closing > opening else "contraction"


def fct_customer_mrr(
    source: Source, by_month: Mapping[date, States]
) -> list[dict[str, Any]]:
    """Rows of fct_customer_mrr."""
    rows = []
    for customer, currency in {key for states in by_month.values() for key in states}:
        opening, was_positive = ZERO, False
        before = State()
        for month, states in by_month.items():
            state = states.get((customer, currency), State())
            closing = state.amount
            movement = movement_of(opening, closing, was_positive)
            if opening or closing:
                moved = {f"{name}_mrr_amount": ZERO for name in MOVEMENTS}
                if movement != "none":
                    moved[f"{movement}_mrr_amount"] = abs(closing - opening)
                cause = NO_CAUSE
                if movement == "churn":
                    cause = churned(source, before, month)
                rows.append(
                    {
                        "source_relation": source.relation,
                        "customer_id": customer,
                        "churned_subscription_id": cause.subscription_id,
                        "churn_kind": cause.kind,
                        "churn_evidence": cause.evidence,
                        "currency": currency,
                        "movement": movement,
                        "opening_mrr_amount": opening,
                        **moved,
                        "mrr_amount": closing,
                        "estimated_mrr_amount": state.estimated,
                        "subscription_count": len(state.subscriptions),
                        "excluded_item_count": state.excluded,
                        "is_estimated": state.estimated != 0,
                        "reporting_month": month,
                    }
                )
            opening, was_positive = closing, was_positive or closing > 0
            before = state
    return rows


def churned(source: Source, before: State, month: date) -> Cause:
    """Why nothing is left, by what was worth most; of equal ones the smallest id."""
    name = min(before.worth, key=lambda each: (-before.worth[each], each))
    return cause_of(source, name, last_day(month, source.settings))


def last_day(month: date, settings: Settings) -> date:
    """The month's last day that counts."""
    last = time.month_of(month + timedelta(days=31)) - timedelta(days=1)
    return min(last, settings.as_of)


def ratio(part: Decimal, whole: Decimal | int) -> Decimal | None:
    """part ÷ whole at six decimals; None of nothing."""
    if not whole:
        return None
    return money.rounded(money.EXACT.divide(part, Decimal(whole)))


def mrr_monthly(
    relation: str,
    by_month: Mapping[date, States],
    customers: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Rows of mrr_monthly, from the customers' months."""
    rows = list(customers)
    earning = [row["reporting_month"] for row in rows if row["mrr_amount"]]
    return [
        month_row(
            relation,
            month,
            currency,
            [
                row
                for row in rows
                if (row["reporting_month"], row["currency"]) == (month, currency)
            ],
            sum(s.excluded for (_, code), s in states.items() if code == currency),
        )
        for month, states in by_month.items()
        if earning and month >= min(earning)
        for currency in sorted({row["currency"] for row in rows})
    ]


def month_row(
    relation: str,
    month: date,
    currency: str,
    rows: list[Mapping[str, Any]],
    excluded: int,
) -> dict[str, Any]:
    """One row of mrr_monthly, from the customers of one month and currency."""

    def amount(column: str) -> Decimal:
        return sum((row[f"{column}_amount"] for row in rows), ZERO)

    opening, closing = amount("opening_mrr"), amount("mrr")
    by_kind = {k: [row for row in rows if row["churn_kind"] == k] for k in KINDS}
    lost_as = {
        kind: sum((row["churn_mrr_amount"] for row in found), ZERO)
        for kind, found in by_kind.items()
    }
    moved = {name: amount(f"{name}_mrr") for name in MOVEMENTS}
    count = {name: sum(row["movement"] == name for row in rows) for name in MOVEMENTS}
    at_start = sum(row["opening_mrr_amount"] > 0 for row in rows)
    at_end = sum(row["mrr_amount"] > 0 for row in rows)
    gained = moved["new"] + moved["reactivation"] + moved["expansion"]
    lost = moved["contraction"] + moved["churn"]
    return {
        "source_relation": relation,
        "currency": currency,
        "opening_mrr_amount": opening,
        **{f"{name}_mrr_amount": moved[name] for name in MOVEMENTS},
        **{f"{kind}_churn_mrr_amount": lost_as[kind] for kind in KINDS},
        **{f"{kind}_churned_customer_count": len(by_kind[kind]) for kind in KINDS},
        "closing_mrr_amount": closing,
        "estimated_mrr_amount": amount("estimated_mrr"),
        "arr_amount": 12 * closing,
        "arpa_amount": ratio(closing, at_end),
        "opening_customer_count": at_start,
        **{f"{COUNTS[name]}_customer_count": count[name] for name in MOVEMENTS},
        "closing_customer_count": at_end,
        "subscription_count": sum(row["subscription_count"] for row in rows),
        "excluded_item_count": excluded,
        "customer_churn_rate": ratio(Decimal(count["churn"]), at_start),
        "mrr_churn_rate": ratio(moved["churn"], opening),
        **{
            f"{kind}_customer_churn_rate": ratio(Decimal(len(by_kind[kind])), at_start)
            for kind in ("voluntary", "failed_payment")
        },
        **{
            f"{kind}_mrr_churn_rate": ratio(lost_as[kind], opening)
            for kind in ("voluntary", "failed_payment")
        },
        "quick_ratio": ratio(gained, lost),
        "net_revenue_retention": ratio(opening + moved["expansion"] - lost, opening),
        "gross_revenue_retention": ratio(opening - lost, opening),
        "is_estimated": amount("estimated_mrr") != 0,
        "reporting_month": month,
    }


def marts_of_revenue(source: Source) -> dict[str, list[dict[str, Any]]]:
    """Rows of fct_subscriptions and of the marts of recurring revenue."""
    by_month = states_by_month(Revenue(source), source.settings)
    customers = fct_customer_mrr(source, by_month)
    subscriptions = fct_subscriptions(source)
    return {
        "fct_subscriptions": subscriptions,
        "trial_conversion_monthly": trial_conversion_monthly(subscriptions),
        "fct_customer_mrr": customers,
        "mrr_monthly": mrr_monthly(source.relation, by_month, customers),
    }
