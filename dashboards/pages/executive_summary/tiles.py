"""The tiles of the Executive Summary: over the days, and as things stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.address.scope import Scope, Standing
from dashboards.address.selection import Filter
from dashboards.components import (
    Change,
    tile,
)
from dashboards.pages.drill import MRR, OPEN, Drill
from dashboards.pages.executive_summary.charts import (
    NET_CHANGE,
)
from dashboards.queries import executive_summary as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition, meanings
from dashboards.warehouse import Row, Warehouse


@dataclass(frozen=True)
class Figure:
    """A tile over the chosen days; `better` says where its owner wants it to go."""

    name: str
    label: str
    kind: str
    better: str | None
    note: str | None = None


# Notes where another figure of the same name, or beside it, is taken otherwise.
FIGURES = (
    Figure("gross_charge_amount", "Gross charges", "money", "up"),
    Figure("refund_amount", "Refunds", "money", "down"),
    Figure("net_charge_amount", "Net charges", "money", "up", "before fees"),
    Figure(
        *("net_volume_amount", "Net volume", "money", "up"),
        note="after fees, of all that settles{where}",
    ),
    Figure(
        *("charge_success_rate", "Charge success rate", "rate", "up"),
        note="by attempt, without pending",
    ),
    Figure(
        *("payment_success_rate", "Payment success rate", "rate", "up"),
        note="by payment, retries folded",
    ),
    Figure("failed_charge_amount", "Failed charges", "money", "down"),
    Figure("dispute_amount", "Disputes", "money", "down"),
    Figure("new_customer_count", "New customers", "count", "up"),
)
# The mart without whose domain a figure is not shown.
NEEDS = {
    "net_volume_amount": "fct_balance_transactions",
    "dispute_amount": "fct_disputes",
}
MART, MONTHLY = queries.DAILY.mart, "executive_summary_monthly"
TIME = Figure("mean_days_to_payment", "Mean time to payment", "days", "down")
# What stands at the end of a month, as its tile says it.
CLOSING = {"mrr": "MRR", "receivables": "unpaid invoices"}
COUNTED = {
    "gross_charge_amount": ("gross_charge_count", "captured charge"),
    "refund_amount": ("refund_count", "refund"),
    "failed_charge_amount": ("failed_charge_count", "charge"),
    "dispute_amount": ("dispute_count", "dispute"),
}


def state_tiles(warehouse: Warehouse, drill: Drill, today: date) -> list[Component]:
    """How things stand at the end of the days' month."""
    scope = drill.scope
    now = warehouse.query(*queries.state_of_today(scope))[0]
    found = []
    if warehouse.has("mrr_monthly"):
        mrr = warehouse.query(*queries.month_ends(scope, "mrr", scope.last))
        found.append(mrr_tile(mrr, drill, today))
    is_owed = warehouse.has("receivables_monthly")
    if is_owed:
        owed = warehouse.query(*queries.month_ends(scope, "receivables", scope.last))
        standing = Standing.of(scope.last, today)
        found.append(unpaid_tile(now, owed, drill, standing))
    return [*found, delinquent_tile(now, today, drill, is_owed)]


def closing_notes(warehouse: Warehouse, scope: Scope, today: date) -> list[Component]:
    """Which currencies have no rate on the day at whose end things stand."""
    if not scope.is_converted:
        return []
    lacking: dict[str, list[str]] = {}
    for what, label in CLOSING.items():
        if warehouse.has(queries.MONTH_ENDS[what][0]):
            for row in warehouse.query(*queries.not_closed(scope, what)):
                lacking.setdefault(row["currency"], []).append(label)
    day = formatting.day(Standing.of(scope.last, today).day)
    return [
        html.P(
            f"No rate for {formatting.code(currency)} on {day}: "
            f"{' and '.join(labels)} are not known.",
            className="others",
        )
        for currency, labels in lacking.items()
    ]


def figure_tile(
    figure: Figure, totals: Row, course: Sequence[Row], drill: Drill
) -> Component:
    currency = drill.scope.currency
    moved = totals[f"{figure.name}_change"]
    note = figure.note
    if note:
        where = "" if drill.scope.is_converted else f" in {currency.upper()}"
        note = note.format(where=where)
    days = [row[figure.name] for row in course]
    # A line across days that lack a rate would show what is not known.
    is_gapped = figure.kind == "money" and None in days
    if figure.name in COUNTED:
        column, noun = COUNTED[figure.name]
        note = formatting.counted(totals[column], noun)
    return tile(
        figure.name,
        figure.label,
        totals[figure.name],
        figure.kind,
        currency,
        note=note,
        change=Change.by(figure.kind, moved, figure.better)
        or from_nothing(figure, totals),
        course=[] if is_gapped else days,
        href=rows_of(figure, totals, drill),
        definition=definition(MART, figure.name),
    )


def rows_of(figure: Figure, totals: Row, drill: Drill) -> str | None:
    """Net charges are of two tables: their parts stand in a card of this page."""
    if figure.name == "net_charge_amount":
        return f"{drill.here.address}#{NET_CHANGE}"
    return drill.of_days(figure.name) if totals[figure.name] else None


def from_nothing(figure: Figure, totals: Row) -> Change | None:
    """A figure that was zero before has no rate of change, and yet it moved."""
    value, before = totals[figure.name], totals[f"previous_{figure.name}"]
    if figure.kind == "rate" or before != 0 or not value:
        return None
    return Change.of("from 0", value, figure.better)


def mrr_tile(months: Sequence[Row], drill: Drill, today: date) -> Component:
    meaning = definition("mrr_monthly", "closing_mrr_amount")
    if not months:
        return tile(
            *("closing_mrr_amount", "MRR", None, "money"),
            href=drill.here.near("/revenue"),
            definition=meaning,
        )
    month = months[0]["reporting_month"]
    standing = Standing.of(month, today)
    return tile(
        "closing_mrr_amount",
        "MRR",
        months[0]["closing_amount"],
        "money",
        drill.scope.currency,
        note=f"{since(month)}, as of {formatting.day(standing.day)}",
        change=since_month_start(months[0], "up"),
        course=[row["closing_amount"] for row in reversed(months)],
        href=drill.to(MRR, Filter("reporting_month", "eq", month.isoformat())),
        definition=meaning,
    )


def unpaid_tile(
    now: Row, months: Sequence[Row], drill: Drill, standing: Standing
) -> Component:
    """What is open at the end of the days' month; its course is the receivables'."""
    label, amount, note = "Unpaid invoices", None, standing.text
    href = drill.here.near("/revenue", "receivables")
    if months:
        amount = months[0]["closing_amount"]
        note = f"{since(months[0]['reporting_month'])}, {note}"
    if not standing.is_estimated:
        # Converted it is what stands at the end of the month, which is today's.
        amount = amount if drill.scope.is_converted else now["unpaid_invoice_amount"]
        label = formatting.counted(now["unpaid_invoice_count"], "unpaid invoice")
        href = drill.to(OPEN)
    return tile(
        "unpaid_invoice_amount",
        label,
        amount,
        "money",
        drill.scope.currency,
        note=note,
        change=since_month_start(months[0], "down") if months else None,
        course=[row["closing_amount"] for row in reversed(months)],
        href=href,
        definition=definition(MONTHLY, "unpaid_invoice_amount"),
    )


def delinquent_tile(now: Row, today: date, drill: Drill, is_owed: bool) -> Component:
    """Customers that Stripe flags; of the flag there is no history."""
    late = f"{formatting.count(now['past_due_customer_count'])} past due, "
    late = late if is_owed else ""
    return tile(
        "delinquent_customer_count",
        "Delinquent customers",
        now["delinquent_customer_count"],
        "count",
        note=f"{late}as of {formatting.day(today)}",
        href=drill.here.near("/finance", "owing"),
        definition=meanings(
            MONTHLY,
            {
                "Delinquent": "delinquent_customer_count",
                **({"Past due": "past_due_customer_count"} if is_owed else {}),
            },
        ),
    )


def since(month: date) -> str:
    return f"since {formatting.day_of_year(month)}"


def since_month_start(month: Row, better: str) -> Change | None:
    return Change.by("money", month["closing_change"], better)
