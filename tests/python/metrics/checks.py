"""Reference figures of the metrics that no mart shows.

From the facts and marts of the reference computation, which shares no code with the
models; the marts in turn equal it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reference import Settings, compute
from reference.identity import Identity, read_events
from reference.journeys import people_of
from reference.marts import marts_of
from reference.rows import Account, read

Row = Mapping[str, Any]
Marts = dict[str, list[Row]]
Key = tuple[Any, ...]
Figures = dict[Key, Any]
MONTHS = ("source_relation", "reporting_month", "currency")
DAYS = ("source_relation", "reporting_date", "currency")
ACQUIRED = ("source_relation", "acquisition_month", "currency")
# What a key of a mart is called in a question.
GROUPS = {
    "reporting_month": "metric_time__month",
    "acquisition_month": "metric_time__month",
    "reporting_date": "metric_time__day",
}


def reference_marts(account: Account, website: Account, settings: Settings) -> Marts:
    """Every mart and fact of one Stripe account, and the people of its website."""
    marts = compute({"stripe": account}, settings, {"website": website})
    source = read("stripe", account, settings)
    accounts = {"stripe": (source, marts_of(source))}
    events = read_events({"website": website}, settings)
    found = people_of(
        events,
        Identity(events, accounts),
        {relation: rows for relation, (_, rows) in accounts.items()},
        settings,
    )
    marts["people"] = [
        {
            "reporting_month": settings.date_of(person.signed_up_at).replace(day=1),
            "signed_up": settings.date_of(person.signed_up_at),
            "paid": person.first_charge_at and settings.date_of(person.first_charge_at),
        }
        for person in found.values()
        if person.signed_up_at
    ]
    return marts


@dataclass(frozen=True)
class Check:
    """How the reference computes a metric: by a key, from its marts."""

    key: tuple[str, ...]
    figures: Callable[[Marts], Figures]

    @property
    def groups(self) -> list[str]:
        return [GROUPS.get(column, column) for column in self.key]


def total(
    mart: str,
    value: Callable[[Row], Any],
    key: tuple[str, ...] = MONTHS,
    period: Callable[[Row], date | None] | None = None,
) -> Check:
    """The sum of a value over the rows that have it, in the period of a row."""

    def figures(marts: Marts) -> Figures:
        sums: Figures = defaultdict(Decimal)
        for row in marts[mart]:
            dated = row if period is None else row | {"reporting_month": period(row)}
            name, amount = tuple(dated[column] for column in key), value(row)
            if amount is not None and None not in name:
                sums[name] += amount
        return dict(sums)

    return Check(key, figures)


def quotient(numerator: Check, denominator: Check) -> Check:
    """One sum ÷ another; null where the other is zero."""

    def figures(marts: Marts) -> Figures:
        above, below = numerator.figures(marts), denominator.figures(marts)
        return {
            key: above.get(key, 0) / value if value else None
            for key, value in below.items()
        }

    return Check(numerator.key, figures)


def running(*columns: str, monthly: bool = False) -> Check:
    """The first column less the others, summed from the first day or of the month."""

    def figures(marts: Marts) -> Figures:
        sums: Figures = defaultdict(Decimal)
        found = {}
        days = marts["executive_summary_daily"]
        for row in sorted(days, key=lambda row: row["reporting_date"]):
            first, *others = (row[column] or 0 for column in columns)
            account = row["source_relation"], row["currency"]
            account += (row["reporting_month"],) if monthly else ()
            sums[account] += first - sum(others)
            found[tuple(row[column] for column in DAYS)] = sums[account]
        return found

    return Check(DAYS, figures)


def month_of(column: str) -> Callable[[Row], date | None]:
    return lambda row: row[column] and row[column].replace(day=1)


def one(row: Row) -> int:
    return 1


def decided(row: Row) -> bool:
    return row["status"] in ("succeeded", "failed")


def converted(row: Row) -> bool:
    return row["is_paying"] and row["currency"] == row["home_currency"]


GROSS, REFUNDS = "gross_charge_amount", "refund_amount"
CONVERTED = total("customer_lifetime_value", converted, ACQUIRED)
SIGNED_UP = ("reporting_month",)
PAID = total(
    "people",
    lambda row: bool(row["paid"]) and row["paid"] >= row["signed_up"],
    SIGNED_UP,
)
# How often an amount of a converted mart has no rate: the mart, its month, its amount.
UNCONVERTED = {
    "unconverted_mrr_count": (
        *("mrr_monthly_converted", "reporting_month"),
        "closing_mrr_amount",
    ),
    "unconverted_receivables_count": (
        *("receivables_monthly_converted", "reporting_month"),
        "closing_amount",
    ),
    "unconverted_mrr_month_count": (
        *("mrr_monthly_converted", "reporting_month"),
        "currency_effect_amount",
    ),
    "unconverted_receivables_month_count": (
        *("receivables_monthly_converted", "reporting_month"),
        "currency_effect_amount",
    ),
    "unconverted_lifetime_value_count": (
        *("customer_lifetime_value_converted", "acquisition_month"),
        "lifetime_value_amount",
    ),
}
CHECKS: dict[str, Check] = {
    "average_charge": quotient(
        total("executive_summary_monthly", lambda row: row[GROSS]),
        total("executive_summary_monthly", lambda row: row["gross_charge_count"]),
    ),
    "average_lifetime_value": quotient(
        total(
            "customer_lifetime_value",
            lambda row: row["lifetime_value_amount"],
            ACQUIRED,
        ),
        CONVERTED,
    ),
    "converted_customer_count": CONVERTED,
    "converted_sign_up_count": PAID,
    "cumulative_gross_charges": running(GROSS),
    "cumulative_refunds": running(REFUNDS),
    "cumulative_net_charges": running(GROSS, REFUNDS),
    "cumulative_net_volume": running("net_volume_amount"),
    "gross_charges_month_to_date": running(GROSS, monthly=True),
    "refunds_month_to_date": running(REFUNDS, monthly=True),
    "net_charges_month_to_date": running(GROSS, REFUNDS, monthly=True),
    "net_volume_month_to_date": running("net_volume_amount", monthly=True),
    "days_to_fulfillment_total": total(
        "fct_charges", lambda row: row["days_to_fulfillment"]
    ),
    "days_to_settlement_total": total(
        "fct_charges", lambda row: row["days_to_settlement"]
    ),
    "decided_charge_count": total("fct_charges", decided),
    "decided_payment_count": total("fct_payments", decided),
    "ended_subscription_count": total(
        "fct_subscriptions", one, period=month_of("ended_date")
    ),
    "fee_details": total("fct_balance_transaction_fees", lambda row: row["fee_amount"]),
    "new_subscription_count": total("fct_subscriptions", one),
    "payment_count": total("fct_payments", one),
    "sign_up_to_payment_rate": quotient(PAID, total("people", one, SIGNED_UP)),
    "invoiced_tax": total("fct_invoice_taxes", lambda row: row["tax_amount"]),
    "taxable": total("fct_invoice_taxes", lambda row: row["taxable_amount"]),
    "renewals_without_valid_card": total(
        "upcoming_renewals",
        lambda row: row["renewal_amount"] if row["is_card_out_by_renewal"] else 0,
        period=month_of("renewal_date"),
    ),
    "upcoming_renewal_count": total(
        "upcoming_renewals", one, period=month_of("renewal_date")
    ),
    "subscription_mrr": total("fct_subscriptions", lambda row: row["mrr_amount"]),
    "uncaptured_charge_count": total("fct_charges", lambda row: row["is_uncaptured"]),
    "uncaptured_charges": total(
        "fct_charges",
        lambda row: row["attempted_amount"] if row["is_uncaptured"] else 0,
    ),
}
