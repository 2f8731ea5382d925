"""What Finance Operations says of who owes and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash.development.base_component import Component

from dashboards.address.scope import Scope, Standing
from dashboards.address.selection import Filter
from dashboards.components import Column, defined, linked, share_card, table_card
from dashboards.components.downloads import Csv
from dashboards.pages.drill import (
    GROSS,
    OPEN,
    Drill,
    Rows,
    between,
    one_of,
)
from dashboards.pages.links import customer_address, named
from dashboards.queries import finance_operations as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row

AGES = dict(zip(queries.AGES, formatting.AGES.values(), strict=True))
# Invoices that have tries at all: finance_operations_invoice_attempts.
COUNTED = "status:not_null;status:ne:draft;status:ne:void"
BUCKETS = dict(zip(queries.AGES, formatting.AGES, strict=True))
AGE_COLOURS = (6, 4, 3, 1, 2)  # from light to dark


def receivables(owed: Row, drill: Drill, standing: Standing) -> Component:
    currency = drill.scope.currency

    def rows(name: str) -> str | None:
        """The invoices of an age today; of months that are over there are none."""
        if standing.is_estimated or not owed[name]:
            return None
        return drill.to(OPEN, Filter("ageing_bucket", "eq", BUCKETS[name]))

    parts = [
        (
            defined(label, definition("receivables_monthly", name)),
            linked(formatting.money(owed[name], currency), rows(name)),
            owed[f"{name}_share"],
            colour,
        )
        for colour, (name, label) in zip(AGE_COLOURS, AGES.items(), strict=True)
    ]
    note = standing.text[:1].upper() + standing.text[1:]
    csv = Csv(
        ("age", "amount", "share", "currency"),
        [
            (label, owed[name], owed[f"{name}_share"], currency)
            for name, label in AGES.items()
        ],
    )
    return share_card("Receivables by age", parts, note=note, name="ageing", csv=csv)


def top_customers(rows: Sequence[Row], drill: Drill) -> Component:
    found = replace(GROSS, figure="gross_amount,refunded_amount")
    days = between(found.day, (drill.scope.first, drill.scope.last))

    def rows_of(row: Row) -> str:
        return drill.to(found, *days, Filter("customer_id", "eq", row["customer_id"]))

    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("description", "Name"),
        Column(
            *("charge_count", "Charges", "count", rows_of),
            definition=definition("customer_lookup", "gross_charge_count"),
        ),
        Column("gross_amount", "Gross", "money", shares="charge_count"),
        Column(
            *("refund_amount", "Refunded", "money"),
            shares="charge_count",
            definition=definition("fct_charges", "refunded_amount"),
        ),
        Column("net_amount", "Net", "money", shares="charge_count"),
    ]
    return table_card(
        "Top customers",
        columns,
        named(rows),
        name="top_customers",
        mart="fct_charges",
        note="By the net of their charges of these days, refunds to date taken off.",
        empty="No customer paid in these days.",
    )


def attempts(rows: Sequence[Row], drill: Drill) -> Component:
    scope = drill.scope

    def tried_so_often(row: Row) -> str:
        return tried(row, drill)

    def paid(row: Row) -> str | None:
        return tried(row, drill, ";is_paid:eq:true") if row["paid_rate"] else None

    columns = [
        Column("attempt_count", "Attempts", "count"),
        Column("invoice_count", "Invoices", "count", tried_so_often),
        Column(
            *("paid_rate", "Paid", "rate", paid),
            definition="Of the invoices with this many tries, those that are paid.",
        ),
        Column("amount_due", "Due", "money", shares="invoice_count"),
        Column("amount_paid", "Paid amount", "money", shares="invoice_count"),
    ]
    return table_card(
        "Invoices by number of attempts",
        columns,
        rows,
        name="invoice_attempts",
        mart="finance_operations_invoice_attempts",
        note=f"Invoices of {months_of(scope)}.",
        empty="No invoices in these months.",
    )


def tried(row: Row, drill: Drill, condition: str = "") -> str:
    """Invoices of the days' months with so many attempts; where unknown, none."""
    return drill.to(
        Rows("invoices", COUNTED + condition, "amount_due"),
        *between("reporting_month", drill.months),
        one_of("attempt_count", str(row["attempt_count"]), "0"),
    )


def months_of(scope: Scope) -> str:
    """The months that the days touch, for what is known by month only."""
    if (scope.first.year, scope.first.month) == (scope.last.year, scope.last.month):
        return formatting.month(scope.last)
    return formatting.month_range(scope.first, scope.last)
