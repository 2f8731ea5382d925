"""What Finance Operations says of tax: by the rates that invoices name."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.address.selection import Filter
from dashboards.components import Column, table_card
from dashboards.pages.drill import Drill, Rows, between
from dashboards.queries import taxes as queries
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

TAXED = Rows("invoice_taxes", figure="tax_amount")
INSIDE = {True: "in the price", False: "on top"}


def tax_cards(warehouse: Warehouse, drill: Drill) -> list[Component]:
    """Nothing while receivables are off."""
    if not warehouse.has(queries.MART):
        return []
    return [by_rate(warehouse.query(*queries.by_rate(drill.scope)), drill)]


def by_rate(rows: Sequence[Row], drill: Drill) -> Component:
    days = between(TAXED.day, (drill.scope.first, drill.scope.last))

    def rows_of(row: Row) -> str:
        return drill.to(TAXED, *days, Filter("tax_rate_id", "eq", row["tax_rate_id"]))

    columns = [
        Column("rate", "Rate", width=160, wraps=True),
        Column("jurisdiction", "Jurisdiction"),
        Column("country", "Country"),
        Column(
            *("invoice_count", "Invoices", "count", rows_of),
            definition="Invoices of the days at which anything was taxed at the rate.",
        ),
        Column("taxable_amount", "Taxable", "money", shares="invoice_count"),
        Column("tax_amount", "Tax", "money", shares="invoice_count"),
    ]
    return table_card(
        "Tax by rate and jurisdiction",
        columns,
        [{**row, "rate": rate_name(row)} for row in rows],
        name="taxes",
        mart=queries.MART,
        note="Of invoices of these days, drafts and void ones aside. Credit notes, "
        "refunds and unpaid invoices are not taken off: no tax return. Unknown is what "
        "no delivered rate of a line explains",
        empty="No invoice of these days has tax.",
    )


def rate_name(row: Row) -> str:
    """`VAT 20%, on top`."""
    if row["percentage"] is None:
        return row["display_name"] or "Unknown"
    percent = formatting.number(row["percentage"])
    name = row["display_name"] or "Tax"
    return f"{name} {percent}%, {INSIDE[bool(row['is_inclusive'])]}"
