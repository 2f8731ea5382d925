"""/health: whether there are figures to show, for whoever watches the server."""

from __future__ import annotations

from flask import Flask, Response, jsonify

from dashboards.login.access import HEALTH
from dashboards.warehouse import Warehouse, WarehouseError


def register_health(server: Flask, warehouse: Warehouse) -> None:
    @server.route(HEALTH)
    def health() -> tuple[Response, int]:
        """200 and the days of the figures, or 503 and why there are none. No login, no
        figure."""
        try:
            freshness = warehouse.freshness()
        except WarehouseError as error:
            return jsonify({"is_healthy": False, "why": str(error)}), 503
        days = {name: day and str(day) for name, day in vars(freshness).items()}
        response = jsonify({"is_healthy": True, **days})
        response.headers["Cache-Control"] = "no-store"
        return response, 200
