"""Finance Operations: what failed, what came back, what is owed, what is paid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards import formatting, periods
from dashboards.address import State, address
from dashboards.components import (
    Change,
    Column,
    Series,
    bars,
    card,
    chart_card,
    chooser,
    lines,
    page_header,
    ranked_card,
    share_card,
    table_card,
    tile,
    tiles,
)
from dashboards.errors import NoData, NotFound
from dashboards.formatting import words
from dashboards.pages.page import Page
from dashboards.queries import finance_operations as queries
from dashboards.queries.scope import SCOPE, Scope
from dashboards.scope import choosers, read_scope, subtitle
from dashboards.warehouse import Row, Warehouse

DURATIONS = {
    "days_to_fulfillment": ("Fulfillment", "asked for to funds available"),
    "days_to_payment": ("Payment", "asked for to paid"),
    "days_to_settlement": ("Settlement", "paid to funds available"),
}
BUCKETS = {
    "current": "Not yet due",
    "1_30": "1–30 days late",  # noqa: RUF001
    "31_60": "31–60 days late",  # noqa: RUF001
    "61_90": "61–90 days late",  # noqa: RUF001
    "over_90": "Over 90 days late",
}
AGE_COLOURS = (6, 4, 3, 1, 2)  # from light to dark
BALANCE_LABELS = {
    "charge_amount": "Charges",
    "refund_amount": "Refunds",
    "partial_capture_reversal_amount": "Partial captures",
    "dispute_amount": "Disputes",
    "fee_amount": "Fees",
    "transfer_amount": "Transfers",
    "platform_earning_amount": "Platform earnings",
    "other_amount": "Other",
    "unclassified_amount": "Unclassified",
    "payout_amount": "Payouts",
}
KINDS = ("median", "p90", "mean")
MOST_REASONS = 8


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = warehouse.query(SCOPE)
    if not offered:
        raise NoData("There are no charges, refunds or customers yet.")
    scope, bounds = read_scope(state, offered)
    duration = state.get("duration", "days_to_fulfillment")
    if duration not in DURATIONS:
        raise NotFound("There is no such time to measure.")
    as_of = f"As of {formatting.day(bounds[1])}."
    period = periods.period_of((scope.first, scope.last))
    course = warehouse.query(*queries.course(scope, period))
    reasons = warehouse.query(*queries.failure_reasons(scope))
    buckets = warehouse.query(*queries.ageing(scope))
    return html.Div(
        [
            page_header(
                "Finance Operations",
                subtitle(scope),
                *choosers(scope, offered, bounds),
            ),
            tiles(figure_tiles(warehouse, scope, course, buckets)),
            html.Div(
                [
                    most_frequent(reasons),
                    recovery(course, period, scope.currency),
                ],
                className="cards",
            ),
            failure_reasons(reasons),
            fulfillment(warehouse, scope, duration, accounts(offered, scope)),
            html.Div(
                [
                    receivables(buckets, scope.currency, as_of),
                    attempts(warehouse.query(*queries.attempts(scope)), scope),
                ],
                className="cards",
            ),
            owing(warehouse.query(*queries.owing(scope)), as_of),
            top_customers(warehouse.query(*queries.top_customers(scope))),
            balances(warehouse.query(*queries.balances(scope)), scope.currency),
        ]
    )


def accounts(offered: Sequence[Row], scope: Scope) -> list[str]:
    """The accounts that the page shows; percentiles need it to be one."""
    if scope.account:
        return [scope.account]
    return sorted(
        row["source_relation"] for row in offered if row["currency"] == scope.currency
    )


def figure_tiles(
    warehouse: Warehouse,
    scope: Scope,
    course: Sequence[Row],
    buckets: Sequence[Row],
) -> list[Component]:
    totals = warehouse.query(*queries.totals(scope))[0]
    sales = warehouse.query(*queries.sales_outstanding(scope))[0]
    owed: Row = buckets[0] if buckets else {}

    def over_days(name: str, label: str, kind: str, note: str, better: str):
        value, moved = totals[name], totals[f"{name}_change"]
        describe = formatting.points if kind == "rate" else formatting.change
        return tile(
            name,
            label,
            shown(kind, value, scope.currency),
            exact=value,
            note=note,
            change=Change.of(describe(moved), moved, better),
            course=[row[name] for row in course],
        )

    def stands(name: str, label: str, kind: str, value: Any, note: str):
        text = shown(kind, value, scope.currency)
        return tile(name, label, text, exact=value, note=note)

    count = formatting.count
    return [
        over_days(
            "failed_charge_amount",
            "Failed charges",
            "money",
            f"{count(totals['failed_charge_count'])} charges",
            "down",
        ),
        over_days(
            "recovery_rate",
            "Recovery rate",
            "rate",
            f"{count(totals['recovered_payment_count'])} of "
            f"{count(totals['first_failed_payment_count'])}",
            "up",
        ),
        over_days(
            "refund_amount_rate",
            "Refund rate",
            "rate",
            formatting.money(totals["refund_amount"], scope.currency),
            "down",
        ),
        over_days(
            "dispute_activity_rate",
            "Dispute activity",
            "rate",
            f"{count(totals['dispute_count'])} disputes",
            "down",
        ),
        over_days("mean_days_to_payment", "Mean time to payment", "days", "", "down"),
        stands(
            "outstanding_amount",
            "Receivables",
            "money",
            owed.get("total_amount"),
            f"{count(owed.get('total_count'))} open invoices",
        ),
        stands(
            "past_due_amount",
            "Past due",
            "money",
            owed.get("past_due_amount"),
            f"{count(owed.get('past_due_count'))} invoices",
        ),
        stands(
            "days_sales_outstanding",
            "Days sales outstanding",
            "days",
            sales["days_sales_outstanding"],
            formatting.month(scope.last),
        ),
    ]


def shown(kind: str, value: Any, currency: str) -> str:
    if kind == "money":
        return formatting.money(value, currency)
    return formatting.rate(value) if kind == "rate" else formatting.days(value)


def most_frequent(reasons: Sequence[Row]) -> Component:
    parts = [
        (
            words(row["failure_code"]),
            formatting.count(row["charge_count"]),
            row["charge_share"],
        )
        for row in reasons[:MOST_REASONS]
    ]
    return ranked_card(
        "Why charges failed",
        parts,
        note="Share of failed charges.",
        empty="No charge failed in these days.",
    )


def recovery(course: Sequence[Row], period: str, currency: str) -> Component:
    """Of payments that failed at first: what came back, on the day of the failure."""
    unit = period.removeprefix("reporting_").replace("date", "day")
    series = [
        Series("recovered_payment_amount", "Recovered", 1),
        Series("unrecovered_amount", "Not recovered", 6),
    ]
    return chart_card(
        f"Recovery of failed payments by {unit}",
        bars(course, "period", series, currency=currency),
        header=[unit.capitalize(), "Recovered", "Not recovered", "Recovery rate"],
        figures=[
            [
                formatting.day(row["period"]),
                *(formatting.money(row[one.field], currency) for one in series),
                formatting.rate(row["recovery_rate"]),
            ]
            for row in course
        ],
        note="Payments whose first attempt failed, by the day of that attempt.",
        name="recovery",
    )


def failure_reasons(reasons: Sequence[Row]) -> Component:
    rows = [
        {
            **row,
            "failure_code": words(row["failure_code"]),
        }
        for row in reasons
    ]
    columns = [
        Column("failure_code", "Reason"),
        Column("is_retryable", "Retryable", "flag"),
        Column("charge_count", "Charges", "count"),
        Column("charge_amount", "Amount", "money"),
        Column("recovered_count", "Recovered", "count"),
        Column("recovered_amount", "Recovered amount", "money"),
        Column("recovery_rate", "Recovery", "rate"),
        Column("recommendation", "What to do", width=230, wraps=True),
    ]
    return table_card(
        "Failure reasons",
        columns,
        rows,
        name="failure_reasons",
        note="A recovered payment counts once, under the code of its first failure.",
        empty="No charge failed in these days.",
    )


def fulfillment(
    warehouse: Warehouse, scope: Scope, duration: str, accounts: Sequence[str]
) -> Component:
    title = "Time to fulfillment by week"
    if len(accounts) > 1:
        message = "Medians of several accounts do not add up: choose an account."
        return card(title, html.P(message, className="none"), name="fulfillment")
    weeks = warehouse.query(*queries.fulfillment(scope, duration, accounts[0]))
    switch = chooser(
        dmc.SegmentedControl,
        "duration",
        duration,
        data=[
            {"value": name, "label": label} for name, (label, _) in DURATIONS.items()
        ],
        **{"aria-label": "Time that is measured"},
    )
    series = [
        Series("median_days", "Median", 1),
        Series("p90_days", "90th percentile", 3),
    ]
    return chart_card(
        title,
        html.Div(
            [
                html.Div(switch, className="card-tools"),
                lines(weeks, "reporting_week", series, unit=" d"),
            ]
        ),
        header=[
            "Week",
            "Charges",
            "Median",
            "90th percentile",
            "Mean",
            "Median, change",
        ],
        figures=[
            [
                formatting.day(row["reporting_week"]),
                formatting.count(row["charge_count"]),
                *(formatting.days(row[f"{kind}_days"]) for kind in KINDS),
                formatting.change(row["median_change"]),
            ]
            for row in weeks
        ],
        note=f"Days from {DURATIONS[duration][1]}, of successful charges.",
        name="fulfillment",
    )


def attempts(rows: Sequence[Row], scope: Scope) -> Component:
    months = formatting.month(scope.first)
    if (scope.first.year, scope.first.month) != (scope.last.year, scope.last.month):
        months = f"{months} – {formatting.month(scope.last)}"  # noqa: RUF001
    columns = [
        Column("attempt_count", "Attempts", "count"),
        Column("invoice_count", "Invoices", "count"),
        Column("paid_rate", "Paid", "rate"),
        Column("amount_due", "Due", "money"),
        Column("amount_paid", "Paid amount", "money"),
    ]
    return table_card(
        "Invoices by number of attempts",
        columns,
        rows,
        name="invoice_attempts",
        note=f"Invoices of {months}.",
        empty="No invoices in these months.",
    )


def receivables(buckets: Sequence[Row], currency: str, as_of: str) -> Component:
    parts = [
        (
            BUCKETS[row["ageing_bucket"]],
            formatting.money(row["outstanding_amount"], currency),
            row["share"],
            colour,
        )
        for colour, row in zip(AGE_COLOURS, buckets, strict=False)
    ]
    return share_card("Receivables by age", parts, note=as_of, name="ageing")


def owing(rows: Sequence[Row], as_of: str) -> Component:
    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("is_delinquent", "Delinquent", "flag"),
        Column("past_due_amount", "Past due", "money"),
        Column("outstanding_amount", "Outstanding", "money"),
        Column("current_amount", "Not due", "money"),
        Column("days_1_30_amount", "1–30 days", "money"),  # noqa: RUF001
        Column("days_31_60_amount", "31–60 days", "money"),  # noqa: RUF001
        Column("days_61_90_amount", "61–90 days", "money"),  # noqa: RUF001
        Column("over_90_amount", "Over 90", "money"),
        Column("oldest_due_date", "Oldest due", "day"),
    ]
    return table_card(
        "Delinquent and past-due customers",
        columns,
        named(rows),
        name="owing",
        note=f"{as_of} {how_many(rows)}",
        empty="Nobody is delinquent or past due.",
    )


def top_customers(rows: Sequence[Row]) -> Component:
    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("description", "Name"),
        Column("charge_count", "Charges", "count"),
        Column("gross_amount", "Gross", "money"),
        Column("refund_amount", "Refunded", "money"),
        Column("net_amount", "Net", "money"),
    ]
    return table_card(
        "Top customers",
        columns,
        named(rows),
        name="top_customers",
        note="By the net of their charges of these days, refunds to date taken off.",
        empty="No customer paid in these days.",
    )


def balances(rows: Sequence[Row], currency: str) -> Component:
    columns = [
        Column("reporting_month", "Month", "month"),
        Column("opening_balance_amount", "Opening", "money"),
        *(
            Column(figure, BALANCE_LABELS[figure], "money")
            for figure in queries.BALANCE_FIGURES
            if any(row[figure] for row in rows)
        ),
        Column("closing_balance_amount", "Closing", "money"),
    ]
    return table_card(
        "Balance by month",
        columns,
        rows,
        name="balance",
        note="What settles in this currency, net of fees; payouts are taken off.",
        empty=f"Nothing settles in {currency.upper()}.",
        page_size=12,
    )


def named(rows: Sequence[Row]) -> list[Row]:
    """Each row with what its customer is best known by."""
    return [
        {**row, "customer": row["email"] or row["description"] or row["customer_id"]}
        for row in rows
    ]


def customer_address(row: Row) -> str:
    return address(
        "/customer", customer_id=row["customer_id"], currency=row["currency"]
    )


def how_many(rows: Sequence[Row]) -> str:
    total = rows[0]["customer_count"] if rows else 0
    if total > len(rows):
        shown = formatting.count(len(rows))
        return f"The {shown} that owe most, of {formatting.count(total)}."
    return f"{formatting.count(total)} customers."


PAGE = Page("/finance", "Finance Operations", "pulse", layout)
