"""What the search box of the header asks while one types: /search.json?q=…"""

from __future__ import annotations

from dash import Dash
from flask import Response, jsonify, request

from dashboards.address import address, read_state
from dashboards.pages.search_results import TITLES, find_first, option
from dashboards.warehouse import Warehouse, WarehouseError

PATH = "/search.json"
LONGEST = 200
# Of each kind.
SHOWN = 5


def register_search(app: Dash, warehouse: Warehouse) -> None:
    @app.server.route(PATH)
    def search() -> Response:
        text = read_state(request.query_string.decode("utf-8", "replace")).get("q", "")
        text = text[:LONGEST].strip()
        try:
            answer = {"groups": groups(warehouse, text), "all": all_of(text)}
        except WarehouseError as error:
            app.logger.error("A search failed: %s", error)
            return Response("The search failed.", 503)
        response = jsonify(answer)
        response.headers["Cache-Control"] = "no-store"
        return response


def groups(warehouse: Warehouse, text: str) -> list[dict[str, object]]:
    """Of each kind that was found: its title, how many, and the first."""
    return [
        {
            "title": TITLES[kind],
            "count": rows[0]["found_count"],
            "options": [option(kind, row) for row in rows],
        }
        for kind, rows in find_first(warehouse, text, SHOWN).items()
    ]


def all_of(text: str) -> str:
    return address("/search", q=text)
