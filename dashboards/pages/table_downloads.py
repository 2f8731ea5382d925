"""The table of any card as a CSV file: /table.csv?of=/finance&card=balance and the
state of the page, which is drawn again for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

from dash import Dash
from flask import Response, request

from dashboards.address import read_state
from dashboards.address.errors import NoData, NotFound
from dashboards.components.downloads import PATH, Csv, tables_of
from dashboards.login.access import may_see
from dashboards.pages.csv_files import csv_response, plain
from dashboards.pages.page import Page
from dashboards.pages.spoken import spoken
from dashboards.warehouse import UnknownName, Warehouse, WarehouseError


def register_downloads(
    app: Dash,
    warehouse: Warehouse,
    pages: Mapping[str, Page],
    drawing: AbstractContextManager[object],
) -> None:
    """`drawing` is held while a page is drawn, as for people who look at one."""

    @app.server.route(PATH)
    def download_table() -> Response:
        state = read_state(request.query_string.decode("utf-8", "replace"))
        path, name = state.pop("of", ""), state.pop("card", "")
        page = pages.get(path)
        try:
            if not page or not may_see(path) or not warehouse.has(*page.needs):
                raise NotFound("There is no such page.")
            with drawing, warehouse.reading(), spoken(warehouse):
                content = page.layout(warehouse, state)
            return response(name, dict(tables_of(content)).get(name))
        except (NotFound, NoData, UnknownName) as error:
            return plain(str(error), 404)
        except WarehouseError as error:
            app.logger.error("A download failed: %s", error)
            return plain(str(error), 503)


def response(name: str, csv: Csv | None) -> Response:
    if csv is None:
        raise NotFound("There is no such table on this page.")
    rows = [dict(enumerate(row)) for row in csv.rows]
    return csv_response(name, csv.header, iter([rows]), range(len(csv.header)))
