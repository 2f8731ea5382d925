"""Views that people open again and again: a name and an address, in a file of your own.

SEGMENT_STRIPE_VIEWS names it; without, it is views.yml beside the dashboards.
"""

from __future__ import annotations

import os
from collections.abc import Container
from functools import lru_cache
from pathlib import Path

import yaml
from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address
from dashboards.address.selection import Selection

OURS = Path(__file__).parents[2] / "views.yml"
PARTS = ("table", "columns", "filter", "sort")


def view_links(known: Container[str], selection: Selection) -> list[Component]:
    """A link to each view whose table is there, among the `known`."""
    here = parts_of(selection)
    links = [
        html.A(name, href=address("/explore", **view, **selection.carried), **current)
        for name, view in read_views().items()
        if view["table"] in known
        for current in [{"aria-current": "page"} if view == here else {}]
    ]
    if not links:
        return []
    return [html.Nav(["Views", *links], className="views", **{"aria-label": "Views"})]


def parts_of(selection: Selection) -> State:
    """What a view says, of what is shown."""
    columns = "all" if selection.has_all_columns else ",".join(selection.columns)
    is_usual = selection.columns == selection.table.columns
    return {
        "table": selection.table.name,
        "columns": "" if is_usual else columns,
        "filter": ";".join(map(str, selection.filters)),
        "sort": "" if selection.sort == selection.table.sort else selection.sort,
    }


def read_views() -> dict[str, State]:
    """{name: parts of the address}, in the order of the file."""
    path = Path(os.environ.get("SEGMENT_STRIPE_VIEWS") or OURS)
    return read_file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def read_file(path: Path, changed: int) -> dict[str, State]:
    """Raises ValueError, saying what is wrong with the file."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    views = {}
    for view in listed:
        if not isinstance(view, dict) or not {"name", "table"} <= view.keys():
            raise ValueError(f"{path}: a view has at least a name and a table.")
        if unknown := view.keys() - {"name", *PARTS}:
            raise ValueError(f"{path}: {view['name']} has an unknown {min(unknown)}.")
        views[view["name"]] = {part: str(view.get(part, "")) for part in PARTS}
    return views
