"""Revenue: page not written yet."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.address import State
from dashboards.components import empty_state
from dashboards.pages.page import Page
from dashboards.warehouse import Warehouse


def layout(warehouse: Warehouse, state: State) -> Component:
    return empty_state("page not written yet")


PAGE = Page("/revenue", "Revenue", "trend", layout)
