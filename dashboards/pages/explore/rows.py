"""The rows of the Explore: a page of them, where it stands, and what they add up to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import localcontext
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address.errors import NotFound
from dashboards.address.selection import Selection
from dashboards.address.tables import Table
from dashboards.components import Cell, card, icon
from dashboards.components.cells import row_of
from dashboards.components.paged_tables import Heading, paged_table, pager
from dashboards.components.tables import Column, cells, definitions
from dashboards.pages.explore.words import label, word_kind
from dashboards.pages.links import ids_lead_to
from dashboards.queries import explore as queries
from dashboards.queries.explore import PAGE_SIZE, Place
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

Kinds = Mapping[str, str]

SHOWN_AS = {"string": "text", "boolean": "flag", "date": "day", "timestamp": "moment"}


@dataclass(frozen=True)
class Shown:
    """The rows of a page, how many come before them, and how many there are."""

    rows: list[Row]
    preceding: int
    total: int


@dataclass(frozen=True)
class Sums:
    """Columns of money, and a row of their sums for each currency."""

    columns: list[str]
    rows: list[Row]


def read_page(
    warehouse: Warehouse,
    selection: Selection,
    page: str,
    count: Callable[[], int | None] = lambda: None,
) -> Shown:
    """The page that the address names: from the start, the end, or a row.

    `count` says how many rows there are, if that is known.
    """
    ask = warehouse.query
    start, is_backwards, size = None, page == "last", PAGE_SIZE
    if is_backwards:
        total = ask(*queries.count(warehouse, selection, None))[0]["row_count"]
        size = total % PAGE_SIZE or PAGE_SIZE
    elif page:
        start, is_backwards = read_place(warehouse, selection, page)
    rows = ask(*queries.page(warehouse, selection, start, is_backwards, size))
    if is_backwards:
        rows.reverse()
    if start and is_backwards and len(rows) < PAGE_SIZE:
        page, rows = "", ask(*queries.page(warehouse, selection))
    if page and not rows:
        raise NotFound("There are no more rows.")
    first = None
    if not page:
        known = len(rows) if len(rows) < PAGE_SIZE else count()
        if known is not None:
            return Shown(rows, 0, known)
    else:
        first = Place.of(rows[0], selection)
    counted = ask(*queries.count(warehouse, selection, first))[0]
    return Shown(rows, int(counted["preceding_count"]), counted["row_count"])


def read_place(
    warehouse: Warehouse, selection: Selection, page: str
) -> tuple[Place, bool]:
    """The row that `after:<id>:<account>` names, and whether to go back from it; what
    else is of its key stands between."""
    table = selection.table
    direction, *keys = page.split(":", len(table.keys))
    if direction not in ("after", "before") or len(keys) < len(table.keys):
        raise NotFound("There is no such page of rows.")
    for row in warehouse.query(*queries.places(warehouse, selection, keys[0])):
        found = queries.keys_of(row, table)
        if [str(key) for key in found] == keys:
            return Place(row["sorted_value"], found), direction == "before"
    raise NotFound("The row that this page begins at is no longer there.")


def rows_card(
    warehouse: Warehouse, selection: Selection, shown: Shown, sums: Sequence[Sums]
) -> Component:
    table, title = selection.table, selection.table.label
    kinds, known = table.kinds(warehouse), warehouse.columns(table.relation)
    if not shown.rows:
        return card(title, no_rows(selection), name="rows")
    columns = [
        Column(
            *(column, label(column, table), kind_of(column, table, kinds, currency)),
            link=ids_lead_to(column),
        )
        for column in selection.columns
        for currency in [table.currency_of(column, known)]
    ]
    headings = {
        column: Heading(selection.by(column).address(), direction(selection, column))
        for column in selection.columns
    }
    drawn = [grid_row(columns, table, known, row) for row in shown.rows]
    grid = paged_table("explore", columns, headings, drawn, table.key)
    meanings = definitions(None if table.title else table.relation, columns)
    return card(
        *(title, *(totals_table(one, table) for one in sums), grid),
        html.P(
            "Only these rows are on paper; “Download CSV” of this page has them all.",
            className="paper-only",
        )
        if shown.total > len(shown.rows)
        else None,
        steps(selection, shown),
        name="rows",
        **{"data-definitions": json.dumps(meanings)},
    )


def no_rows(selection: Selection) -> Component:
    everything = replace(selection, filters=()).address()
    what = "No rows hold all of these conditions."
    if not selection.filters:
        what = "This account has none."
    return html.Div(
        [
            icon("empty"),
            html.P(what),
            html.A("Clear the filters", href=everything) if selection.filters else None,
        ],
        className="state",
        role="status",
        **{"data-state": "empty"},
    )


def steps(selection: Selection, shown: Shown) -> Component:
    table = selection.table
    first = shown.preceding + 1
    last = shown.preceding + len(shown.rows)

    def at(direction: str, row: Row) -> str:
        page = ":".join([direction, *map(str, queries.keys_of(row, table))])
        return selection.address(page=page)

    is_first, is_last = first == 1, last >= shown.total
    text = f"{first:,}–{last:,} of {shown.total:,}"  # noqa: RUF001
    return pager(
        text,
        [
            ("First", None if is_first else selection.address()),
            ("Previous", None if is_first else at("before", shown.rows[0])),
            ("Next", None if is_last else at("after", shown.rows[-1])),
            ("Last", None if is_last else selection.address(page="last")),
        ],
    )


def direction(selection: Selection, column: str) -> str | None:
    if column != selection.sorted_by:
        return None
    return "descending" if selection.is_descending else "ascending"


def kind_of(column: str, table: Table, kinds: Kinds, currency: str | None) -> str:
    is_own = table.title is not None or column in table.own
    word = None if is_own else word_kind(column)
    return word or shown_as(column, kinds[column], currency)


def shown_as(column: str, kind: str, currency: str | None) -> str:
    """How the cells of a column are written; see dashboards.components.tables."""
    if column == "source_relation":
        return "account"
    if kind != "number":
        return SHOWN_AS[kind]
    if currency:
        return "money"
    return "days" if column.startswith("days_to_") else "number"


def grid_row(
    columns: Sequence[Column], table: Table, known: Kinds, row: Row
) -> dict[str, Any]:
    """The cells of a row; money says its currency, for a table may hold several."""
    made = cells(columns, {"currency": None, **row})
    for column in columns:
        if column.kind == "money":
            currency = row.get(table.currency_of(column.field, known))
            text = formatting.money(row[column.field], currency)
            made[f"{column.field}__text"] = text
    return made


def added_up(warehouse: Warehouse, selection: Selection) -> list[Sums]:
    """What the rows of the filters add up to, on all pages, each currency by itself."""
    return [
        Sums(
            columns,
            warehouse.query(*queries.totals(warehouse, selection, currency, columns)),
        )
        for currency, columns in money_of(warehouse, selection).items()
    ]


def added_up_here(
    warehouse: Warehouse, selection: Selection, rows: Sequence[Row]
) -> list[Sums]:
    """The same of rows that are all there are."""
    return [
        Sums(columns, sums_of(rows, currency, columns))
        for currency, columns in money_of(warehouse, selection).items()
        if rows
    ]


def money_of(warehouse: Warehouse, selection: Selection) -> dict[str, list[str]]:
    """{column of a currency: columns of money in it} of those shown.

    Without filters there are none: nobody asked for sums, and all rows are many.
    """
    known = warehouse.columns(selection.table.relation)
    money: dict[str, list[str]] = {}
    for column in selection.columns if selection.filters else ():
        if currency := selection.table.currency_of(column, known):
            money.setdefault(currency, []).append(column)
    return money


def sums_of(rows: Sequence[Row], currency: str, columns: Sequence[str]) -> list[Row]:
    """As queries.totals has them, exactly."""
    found: dict[str | None, Row] = {}
    with localcontext(prec=60):
        for row in rows:
            line = found.setdefault(row[currency], dict.fromkeys(columns))
            line |= {"currency": row[currency]}
            line["row_count"] = line.get("row_count", 0) + 1
            for column in columns:
                if row[column] is not None:
                    line[column] = (line[column] or 0) + row[column]
    return sorted(
        found.values(), key=lambda line: (-line["row_count"], line["currency"] or "~")
    )


def totals_table(sums: Sums, table: Table) -> Component:
    """A line for each currency: how many rows, and what they add up to."""
    header = ["Total", "Rows", *(label(column, table) for column in sums.columns)]
    lines = [
        [
            formatting.code(row["currency"]),
            Cell.of("count", row["row_count"], field="row_count"),
            *(
                Cell(
                    formatting.plain_money(row[column], row["currency"]),
                    row[column],
                    field=column,
                )
                for column in sums.columns
            ),
        ]
        for row in sums.rows
    ]
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(text, scope="col") for text in header])),
                html.Tbody([row_of(line) for line in lines]),
            ],
            className="numbers totals",
        ),
        className="totals-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": "Totals of all rows that hold the filters"},
    )
