"""The application: shell, navigation, theme, and the page that the address names."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import orjson
from dash import ALL, ClientsideFunction, Dash, Input, Output, set_props
from dash import State as Given
from dash.development.base_component import Component
from dash.html import H1

from dashboards.address import State, read_state
from dashboards.address.errors import NoData, NotFound
from dashboards.components import empty_state, error_state, not_found_state, stale_notes
from dashboards.components.downloads import with_downloads
from dashboards.login.access import guard, may_see
from dashboards.login.health import register_health
from dashboards.pages import (
    customer,
    invoice,
    search,
)
from dashboards.pages.executive_summary import page as executive_summary
from dashboards.pages.explore import page as explore
from dashboards.pages.finance_operations import page as finance_operations
from dashboards.pages.lifetime_value import page as lifetime_value
from dashboards.pages.links import back_link
from dashboards.pages.month_end import page as month_end
from dashboards.pages.page import Page
from dashboards.pages.revenue import page as revenue
from dashboards.pages.search_box import LONGEST, register_search
from dashboards.pages.spoken import spoken
from dashboards.pages.table_downloads import register_downloads
from dashboards.shell import NAME, shell
from dashboards.text import formatting, zone
from dashboards.warehouse import NotBuilt, UnknownName, Warehouse, WarehouseError

DOCUMENT = Path(__file__).parent / "document.html"
# In the order of the navigation.
PAGES: tuple[Page, ...] = (
    executive_summary.PAGE,
    finance_operations.PAGE,
    customer.PAGE,
    invoice.PAGE,
    explore.PAGE,
    revenue.PAGE,
    lifetime_value.PAGE,
    month_end.PAGE,
    search.PAGE,
)

# Python draws one page at a time: more of them at once only wait for each other, and
# the other threads stay free for searches and downloads.
DRAWN_AT_ONCE = 3

logger = logging.getLogger(__name__)

WENT_WRONG = "The figures could not be read. The server's log says why."


def today() -> date:
    """The day that it is in the reporting zone."""
    return zone.local(datetime.now(UTC)).date()


def create_app(warehouse: Warehouse) -> Dash:
    """The dashboards over a warehouse; `.server` is what a web server serves."""
    app = Dash(
        __name__,
        title=NAME,
        compress=True,
        update_title=None,
        index_string=DOCUMENT.read_text(),
        use_pages=False,
        serve_locally=True,
        # A page's components come and go with the address.
        suppress_callback_exceptions=True,
        on_error=report_failure,
    )
    app.layout = lambda: shell(pages_of(warehouse))
    # The document says nothing of the address: it is written once.
    document = cache(app.index)
    app.index = lambda *_, **__: document()
    guard(app.server, [page.path for page in PAGES])
    register_health(app.server, warehouse)
    register_shell(app, warehouse)
    register_search(app, warehouse)
    for page in PAGES:
        if page.register:
            page.register(app, warehouse)
    return app


def pages_of(warehouse: Warehouse) -> list[Page]:
    """The pages that whoever asks may see and whose marts are there; while nothing can
    be read, of all marts."""
    pages = [page for page in PAGES if may_see(page.path)]
    try:
        return [page for page in pages if warehouse.has(*page.needs)]
    except WarehouseError:
        return pages


def register_shell(app: Dash, warehouse: Warehouse) -> None:
    pages = {page.path: page for page in PAGES}
    titles = {page.path: page.title for page in PAGES}
    drawing = BoundedSemaphore(DRAWN_AT_ONCE)
    register_downloads(app, warehouse, pages, drawing)

    @app.callback(
        Output("page", "children"),
        Output("page-title", "data"),
        Output("freshness", "children"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show_page(pathname: str | None, search: str | None) -> tuple[Any, str, str]:
        page = pages.get(pathname or "/")
        title = page.title if page else "Not found"
        state = read_state(search)
        back = back_link(state, titles)
        try:
            if not page or not may_see(page.path) or not warehouse.has(*page.needs):
                raise NotFound("There is no such page.")
            with drawing, warehouse.reading(), spoken(warehouse):
                content = page.layout(warehouse, state)
                title = title_of(page, content)
                notes = stale_notes(warehouse.accounts(), today())
                encode = with_downloads(page.path, state)
                shown = plain([*notes, *back, content], encode)
                return shown, title, freshness_text(warehouse)
        except (NotFound, UnknownName) as error:
            missing = not_found_state(str(error), asked(pathname, state))
            return [*back, missing], title, ""
        except (NoData, NotBuilt) as error:
            return [*back, empty_state(str(error))], title, ""
        except WarehouseError as error:
            logger.error("%s%s could not be shown: %s", pathname, search, error)
            return error_state(str(error)), title, ""
        except Exception:
            logger.exception("%s%s could not be shown", pathname, search)
            return error_state(WENT_WRONG), title, ""

    def in_browser(name: str, *dependencies: object, **options: object) -> None:
        function = ClientsideFunction("shell", name)
        app.clientside_callback(function, *dependencies, **options)

    in_browser(
        "arrive",
        Output("arrival", "data"),
        Input("page", "children"),
        Given("page-title", "data"),
        Given("address", "pathname"),
        Given("address", "hash"),
    )
    in_browser(
        "carry",
        Output({"type": "navigation", "path": ALL}, "href"),
        Output("brand", "href"),
        Input("address", "search"),
        Given({"type": "navigation", "path": ALL}, "id"),
    )
    in_browser(
        "openRows",
        Output("opened", "data"),
        Input({"type": "chart", "name": ALL}, "clickData"),
        Given({"type": "chart", "name": ALL}, "clickSeriesName"),
        Given({"type": "chart", "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    in_browser(
        "choose",
        Output("address", "search"),
        Input({"type": "chooser", "name": ALL}, "value"),
        Given({"type": "chooser", "name": ALL}, "id"),
        Given({"type": "chosen", "name": ALL}, "data"),
        Given("address", "search"),
        prevent_initial_call=True,
    )
    in_browser(
        "mark",
        Output({"type": "navigation", "path": ALL}, "active"),
        Output("burger", "opened"),
        Input("address", "pathname"),
        Given({"type": "navigation", "path": ALL}, "id"),
    )
    in_browser(
        "open",
        Output("frame", "navbar"),
        Input("burger", "opened"),
        Given("frame", "navbar"),
    )


def title_of(page: Page, content: Component) -> str:
    """`Anna Meyer · Customer Lookup`: what a page about one thing is of."""
    if not page.is_named:
        return page.title
    heading = next((one for one in content._traverse() if isinstance(one, H1)), None)
    name = getattr(heading, "children", None)
    if not isinstance(name, str) or name == page.title:
        return page.title
    return f"{name} · {page.title}"


def asked(pathname: str | None, state: State) -> str | None:
    """What an address that is not found asked for, to search for it."""
    names = ("customer_id", "invoice_id")
    named = next((state[name] for name in names if state.get(name)), None)
    return (named or (pathname or "").rpartition("/")[2])[:LONGEST] or None


def plain(
    content: list[Component], encode: Callable[[Component], dict[str, Any]]
) -> Any:
    """Parts of a page as JSON, which Dash sends as it is: to walk through it as dicts
    takes a fifth of a page's time."""
    return orjson.Fragment(orjson.dumps(content, default=encode))


def freshness_text(warehouse: Warehouse) -> str:
    """`Built 20 Oct 2026 03:12 UTC · data through 20 Oct 2026 · all times in UTC`."""
    freshness = warehouse.freshness()
    parts = [
        f"Built {formatting.moment(freshness.built_at)}",
        f"data through {formatting.day(freshness.data_through)}",
        f"days and times in {warehouse.zone()}",
    ]
    return " · ".join(parts)


def report_failure(error: Exception) -> None:
    """A callback of a page failed: say so above the page, which stays as it is."""
    logger.error("A callback failed", exc_info=error)
    set_props("notice", {"children": error_state(WENT_WRONG)})
