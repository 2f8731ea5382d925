"""The four dashboards of the 2016 Looker block, tile by tile, over the views.

Which mart and columns answer a tile stands in models/marts/exposures.yml, as for
docs/looker_parity.md; what is drawn here is that and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from exports.lookml import PAGES, currency_of, is_measure
from exports.marts import Mart, joined

DASHBOARDS = (
    "executive_summary",
    "finance_operations",
    "customer_lookup",
    "invoice_lookup",
)
# What a person looks up is one thing; elsewhere a dashboard is of days.
LOOKED_UP = {page: filtered for page, filtered in PAGES.values()}
CHARTS = {
    "Charge Status": "looker_pie",
    "Charge Failure Reason": "looker_bar",
    "Invoice Attempt Count": "looker_column",
}
# Tiles over time: their name says so, their columns need not.
OVER = {"date": ("Over Time", "by Charge Date"), "week": ("week over week",)}
THIS_MONTH = {"executive_summary_monthly.reporting_month": "this month"}
WIDTH, HEIGHT = 8, 6


def dashboard(exposure: Mapping[str, Any], marts: Mapping[str, Mart]) -> dict[str, Any]:
    """A dashboard as LookML's YAML has it."""
    name = exposure["name"]
    tiles = [t for t in exposure["config"]["meta"]["tiles"] if t["mart"] in marts]
    used = [marts[tile["mart"]] for tile in tiles]
    currency = chosen("Currency", used[0], "currency")
    if name not in LOOKED_UP:
        currency |= {"default_value": "usd", "required": True}
    filters = [currency, *looked_up(name, used)]
    return {
        "dashboard": name,
        "title": exposure["label"],
        "description": " ".join(exposure["description"].split()),
        "layout": "newspaper",
        "filters": filters,
        "elements": [
            element(tile, place, marts, filters, name in LOOKED_UP)
            for place, tile in enumerate(tiles)
        ],
    }


def element(
    tile: Mapping[str, Any],
    place: int,
    marts: Mapping[str, Mart],
    filters: Iterable[Mapping[str, Any]],
    is_looked_up: bool,
) -> dict[str, Any]:
    """One tile: the fields that answer it, narrowed by the dashboard's filters.

    What is looked up has the currencies that it has: its money stands by each.
    """
    title, mart = tile["tile"], marts[tile["mart"]]
    names = [(column, field(mart, column)) for column in tile["columns"]]
    measures = [f for column, f in names if is_figure(mart, column)]
    groups = [f for column, f in names if not is_figure(mart, column)]
    over = next((unit for unit, ends in OVER.items() if title.endswith(ends)), None)
    if over == "date":
        groups = []
    if over:
        groups = [f"{mart.name}.reporting_{over}", *groups]
    kind = "looker_line" if over == "date" else CHARTS.get(title, "looker_grid")
    currency = f"{mart.name}.{currency_of(mart)}"
    is_split = is_looked_up and currency not in groups and has_money(mart, tile)
    if is_split:
        groups = [*groups, currency]
    if not groups and len(measures) == 1:
        kind = "single_value"
    listened = {f["title"]: f["field"].split(".")[1] for f in filters}
    return {
        "name": f"{mart.name}_{place}",
        "title": title,
        "model": "segment_stripe",
        "explore": mart.name,
        "type": kind,
        "fields": [*groups, *measures],
        **({"sorts": [f"{groups[0]} desc"]} if over else {}),
        **({"pivots": [currency]} if is_split and over == "date" else {}),
        **({"filters": THIS_MONTH} if title.endswith("this month") else {}),
        "limit": 500,
        "listen": {
            name: narrowed
            for name, column in listened.items()
            if (narrowed := listened_by(mart, column, marts))
        },
        "row": place // 3 * HEIGHT,
        "col": place % 3 * WIDTH,
        "width": WIDTH,
        "height": HEIGHT,
    }


def field(mart: Mart, column: str) -> str:
    """The field of a view that shows a column."""
    kind = mart.columns[column]["data_type"]
    return f"{mart.name}.{column}" + ("_time" if kind == "timestamp" else "")


def is_figure(mart: Mart, column: str) -> bool:
    kind = mart.columns[column]["data_type"].split("(")[0]
    return kind in ("bigint", "numeric") and is_measure(mart, column)


def listened_by(mart: Mart, column: str, marts: Mapping[str, Mart]) -> str | None:
    """The field of an explore that a filter of the dashboard narrows, if it has one."""
    of = [mart, *joined(mart, marts).values()]
    return next((f"{m.name}.{column}" for m in of if column in m.columns), None)


def has_money(mart: Mart, tile: Mapping[str, Any]) -> bool:
    types = {column: mart.columns[column]["data_type"] for column in tile["columns"]}
    return any(is_figure(mart, c) and types[c] != "bigint" for c in types)


def looked_up(name: str, marts: list[Mart]) -> list[dict[str, Any]]:
    """What the dashboard is about: one customer or invoice, else days."""
    page = {"customer_lookup": "email", "invoice_lookup": "invoice_id"}.get(name)
    if page:
        mart = next(mart for mart in marts if page in mart.columns)
        return [chosen(LOOKED_UP[name], mart, page) | {"required": True}]
    mart = next(mart for mart in marts if "reporting_date" in mart.columns)
    days = chosen("Date", mart, "reporting_date")
    return [days | {"default_value": "90 days"}]


def chosen(title: str, mart: Mart, column: str) -> dict[str, Any]:
    return {
        "name": title,
        "title": title,
        "type": "field_filter",
        "default_value": "",
        "allow_multiple_values": False,
        "required": False,
        "model": "segment_stripe",
        "explore": mart.name,
        "field": f"{mart.name}.{column}",
    }
