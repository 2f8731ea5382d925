"""What the user's own columns and objects add to pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.address.errors import NotFound
from dashboards.address.scope import Scope
from dashboards.address.selection import Filter, rows_of, rows_with
from dashboards.components import Column, choice, facts_card, options, table_card
from dashboards.queries import own as queries
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse
from dashboards.warehouse.own import OwnColumn, OwnTable, own_columns, own_tables

SHOWN_AS = {
    "string": "text",
    "number": "number",
    "boolean": "flag",
    "date": "day",
    "timestamp": "moment",
}
BLANK = "(blank)"
GROUPED = ("string", "boolean")
WITHOUT_VALUE = {"other": "(other)", "none": "(none)", "all": "Total"}
FIGURES = (
    Column("attempted_charge_count", "Attempted", "count"),
    Column("gross_charge_count", "Gross charges", "count"),
    Column("gross_charge_amount", "Gross amount", "money"),
    Column("charge_success_rate", "Success rate", "rate"),
    Column("refund_amount", "Refunds", "money"),
    Column("net_charge_amount", "Net charges", "money"),
)


def own_facts(
    warehouse: Warehouse, key: str, account: str, value: str
) -> list[Component]:
    """Own columns and objects of the customer or invoice whose id is a value."""
    cards = [
        facts(table, rows[0])
        for table in own_tables(warehouse)
        if table.keys == (key,) and not table.has_many
        for rows in [warehouse.query(*queries.of_one(warehouse, table, account, value))]
        if rows
    ]
    return [html.Div(cards, className="cards")] if cards else []


def own_rows(
    warehouse: Warehouse, key: str, account: str, value: str
) -> list[Component]:
    """The same, of own tables that may have many rows of it: a table for each."""
    return [
        rows_card(
            table,
            warehouse.query(*queries.of_one(warehouse, table, account, value)),
            value,
        )
        for table in own_tables(warehouse)
        if table.keys == (key,) and table.has_many
    ]


def with_own(
    warehouse: Warehouse, key: str, account: str, rows: Sequence[Row]
) -> tuple[list[Column], list[Row]]:
    """Columns of a table's rows that are own by their id, and the rows with them."""
    columns: list[Column] = []
    found = [dict(row) for row in rows]
    ids = [row[key] for row in rows]
    for table in own_tables(warehouse) if rows else []:
        if table.keys != (key,) or table.has_many:
            continue
        asked = queries.of_rows(warehouse, table, account, ids)
        own = {row[key]: row for row in warehouse.query(*asked)}
        for name in table.columns:
            one = OwnColumn(table, name)
            columns.append(Column(one.name, one.label, SHOWN_AS[one.kind]))
            for row in found:
                row[one.name] = own.get(row[key], {}).get(name)
    return columns, found


def facts(table: OwnTable, row: Row) -> Component:
    written = [
        (words(name), formatting.shown(SHOWN_AS[kind], row[name]) or BLANK)
        for name, kind in table.columns.items()
    ]
    title = table.label if table.is_object else "Your columns"
    return facts_card(title, written, name=table.relation)


def rows_card(table: OwnTable, rows: Sequence[Row], value: str) -> Component:
    columns = [
        Column(name, words(name), SHOWN_AS[kind])
        for name, kind in table.columns.items()
    ]
    link = html.A(
        "All in Explore", href=rows_with(table.relation, table.keys[0], value)
    )
    note: list[Any] = [link]
    if len(rows) == queries.MOST_ROWS:
        note = [f"The latest {formatting.count(len(rows))}. ", link]
    return table_card(
        table.label,
        columns,
        rows,
        name=table.relation,
        note=note if rows else None,
    )


def words(column: str) -> str:
    return formatting.words(column) or column


def by_own(warehouse: Warehouse, state: State, scope: Scope) -> list[Component]:
    """Figures of the days by an own column, which the address may choose as `by`."""
    offered = {
        name: one
        for name, one in own_columns(
            warehouse, queries.CHARGES, queries.REFUNDS
        ).items()
        if one.kind in GROUPED
    }
    if not offered:
        return []
    own = offered.get(state.get("by") or next(iter(offered)))
    if own is None:
        raise NotFound("There is no such column of yours to group by.")
    rows = warehouse.query(*queries.by_column(warehouse, scope, own))
    drawn = [shown(row, scope, own) for row in rows]
    labels = {name: one.label for name, one in offered.items()}
    return [
        table_card(
            "By your own columns",
            [Column("label", own.label, link=lambda row: row["href"]), *FIGURES],
            [row for row in drawn if row["place"] != "all"],
            name="by_own",
            mart="executive_summary_daily",
            page_size=queries.MOST_VALUES + 2,
            above=[choice("by", "By", own.name, options(labels), searchable=True)],
            note=f"Of the chosen days, in {formatting.code(scope.currency)}.",
            total=next((row for row in drawn if row["place"] == "all"), None),
            empty="No charges or refunds on these days.",
        )
    ]


def shown(row: Mapping[str, Any], scope: Scope, own: OwnColumn) -> dict[str, Any]:
    """A row with its value in words, and where the charges of it are listed."""
    label = WITHOUT_VALUE.get(row["place"]) or said(row["shown_value"])
    return {
        **row,
        "label": label,
        "currency": scope.currency,
        "href": charges_of(row, scope, own),
    }


def said(value: str | bool) -> str:
    if isinstance(value, bool):
        return formatting.flag(value)
    return value or BLANK


def charges_of(row: Mapping[str, Any], scope: Scope, own: OwnColumn) -> str | None:
    if row["place"] == "value":
        value = row["shown_value"]
        text = str(value).lower() if isinstance(value, bool) else value
        of_value = Filter(own.name, "eq", text)
    elif row["place"] == "none":
        of_value = Filter(own.name, "null")
    else:
        return None
    of_account = [Filter("source_relation", "eq", scope.account)] * bool(scope.account)
    return rows_of(
        "charges",
        of_value,
        Filter("currency", "eq", scope.currency),
        Filter("reporting_date", "ge", scope.first.isoformat()),
        Filter("reporting_date", "le", scope.last.isoformat()),
        *of_account,
    )
