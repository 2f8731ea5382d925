"""What renews after today, by month, and the cards that do not last so long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dash.development.base_component import Component

from dashboards.address import periods
from dashboards.address.selection import Filter
from dashboards.components import Column, table_card
from dashboards.pages.drill import Drill, Rows, unless_none
from dashboards.pages.links import customer_address, ids_lead_to, named
from dashboards.pages.search_results import card_name
from dashboards.queries import renewals as queries
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row, Warehouse

RENEWING = Rows("renewals", figure="renewal_amount")
OUT = replace(RENEWING, condition="is_card_out_by_renewal:eq:true")
RENEWED = "Subscriptions that renew in the month; those that renew often, once."
SOON = 3  # months, the as-of month included
NOT_IN_IT = (
    "In the latest state of subscriptions, before tax on top, usage, credits and "
    "coupons that do not last"
)


def renewal_cards(
    warehouse: Warehouse, drill: Drill, as_of: date | None
) -> list[Component]:
    """Nothing of figures that are converted: renewals are not."""
    scope = drill.scope
    if scope.is_converted or as_of is None or not warehouse.has(queries.MART):
        return []
    until = last_soon(as_of)
    found = [by_month(warehouse.query(*queries.months(scope)), drill)]
    if warehouse.has(queries.CARDS):
        rows = warehouse.query(*queries.expiring_cards(scope, until))
        found.append(expiring(rows, drill, until))
    return found


def last_soon(as_of: date) -> date:
    """The last day of the months that are soon."""
    return periods.months_before(as_of.replace(day=1), -SOON) - timedelta(days=1)


def by_month(rows: Sequence[Row], drill: Drill) -> Component:
    def of_month(column: Column, found: Rows) -> Column:
        def rows_of(row: Row) -> str:
            month = row["renewal_month"].isoformat()
            return drill.to(found, Filter("renewal_month", "eq", month))

        return replace(column, link=unless_none(column.field, rows_of))

    out = definition(queries.MART, "is_card_out_by_renewal")
    columns = [
        Column("renewal_month", "Month", "month"),
        of_month(
            Column("renewal_count", "Renewals", "count", definition=RENEWED), RENEWING
        ),
        of_month(Column("renewal_amount", "Amount", "money"), RENEWING),
        of_month(
            Column("card_out_count", "Card out", "count", definition=out),
            OUT,
        ),
        of_month(
            Column("card_out_amount", "Amount, card out", "money", definition=out), OUT
        ),
        Column("excluded_item_count", "Items without a price", "count"),
    ]
    return table_card(
        "Upcoming renewals by month",
        columns,
        rows,
        name="renewals",
        mart=queries.MART,
        note=f"{NOT_IN_IT}. Each subscription once, with its next renewal",
        empty="Nothing renews in this currency.",
        page_size=12,
    )


def expiring(rows: Sequence[Row], drill: Drill, until: date) -> Component:
    def rows_of(row: Row) -> str:
        return drill.to(RENEWING, Filter("card_id", "eq", row["card_id"]))

    columns = [
        Column("customer", "Customer", link=customer_address),
        Column("description", "Name"),
        Column("card", "Card", link=ids_lead_to("card_id")),
        Column("card_expiry_date", "Valid until", "day"),
        Column("is_card_expired", "Expired", "flag"),
        Column(
            *("is_default", "Default", "flag"),
            definition=definition(queries.CARDS, "is_default"),
        ),
        Column("renewal_date", "Next renewal", "day"),
        Column(
            *("renewal_count", "Renewals", "count", rows_of),
            definition="Subscriptions that it is expected to be charged for.",
        ),
        Column("renewal_amount", "Amount", "money", shares="renewal_count"),
        Column("mrr_amount", "MRR", "money", shares="renewal_count"),
    ]
    count = rows[0]["card_count"] if rows else 0
    which = f"{formatting.counted(count, 'card')} valid no longer than"
    if count > len(rows):
        which = f"{formatting.count(len(rows))} of {which}"
    return table_card(
        "Cards that soon expire",
        columns,
        [{**row, "card": card_name(row)} for row in named(rows)],
        name="expiring_cards",
        mart=queries.MART,
        note=f"{which} {formatting.day(until)}, of customers who renew. Banks replace "
        "some of them by themselves",
        empty=f"No card of upcoming renewals expires by {formatting.day(until)}.",
    )
