"""What a page is: a path, a title and a function from the address to its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import Dash
from dash.development.base_component import Component

from dashboards.address import State
from dashboards.warehouse import Warehouse


@dataclass(frozen=True)
class Page:
    """`layout` draws the page as the address says it; raises NotFound or NoData.

    `register` adds callbacks that the shell does not have, such as a search that
    answers while one types. `needs` names the marts without which there is no page.
    `is_named` pages are about one thing, whose name their heading says; those that are
    not `in_navigation` are come to otherwise.
    """

    path: str
    title: str
    icon: str
    layout: Callable[[Warehouse, State], Component]
    register: Callable[[Dash, Warehouse], None] | None = None
    needs: tuple[str, ...] = ()
    is_named: bool = False
    in_navigation: bool = True
