"""What a card's table is as a CSV file, and the link that downloads it.

The page draws itself again for the file: pages/download.py finds the card by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address
from dashboards.components.icons import icon

PATH = "/table.csv"
WILDCARDS = ("data-", "aria-")  # beside the names that a component lists


@dataclass(frozen=True)
class Csv:
    """Names of columns, and rows of exact values."""

    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


def csv_link(name: str, title: str) -> Component:
    """Its address follows, when it is known which page it stands on."""
    return html.A(
        [icon("download"), "CSV"],
        className="csv",
        download=f"{name}.csv",
        **{"aria-label": f"{title}: download CSV", "data-csv": name},
    )


def with_csv(section: Component, csv: Csv | None) -> Component:
    """The card, which remembers its table."""
    section.csv = csv
    return section


def with_downloads(path: str, state: State) -> Callable[[Component], dict[str, Any]]:
    """How a page in a state is encoded: every link to a file with its address.

    As Dash's to_plotly_json, in a third of its time, which is a fifth of a page's.
    """

    def encode(one: Component) -> dict[str, Any]:
        given = vars(one)
        props = {name: given[name] for name in one._prop_names if name in given}
        for name in given:
            if name.startswith(WILDCARDS):
                props[name] = given[name]
        if csv := props.get("data-csv"):
            props["href"] = address(PATH, **{**state, "of": path, "card": csv})
        return {"props": props, "type": one._type, "namespace": one._namespace}

    return encode


def tables_of(content: Component) -> Iterator[tuple[str, Csv]]:
    """The name and the table of each card that has one."""
    for one in content._traverse():
        csv = getattr(one, "csv", None)
        if csv:
            yield getattr(one, "data-card"), csv
