"""The days, the currency and the account of a page: read, chosen, said."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards import formatting, periods
from dashboards.address import State
from dashboards.components import choice, days_chooser
from dashboards.errors import NotFound
from dashboards.queries.scope import Scope
from dashboards.warehouse import Row


def read_scope(state: State, offered: Sequence[Row]) -> tuple[Scope, periods.Days]:
    """What the address asks for, and the first and last day there is."""
    account = state.get("account")
    rows = [row for row in offered if account in (None, "", row["source_relation"])]
    if not rows:
        raise NotFound("There is no such Stripe account.")
    currency = state.get("currency", rows[0]["currency"])
    rows = [row for row in rows if row["currency"] == currency]
    if not rows:
        raise NotFound("There are no figures in this currency.")
    first = min(row["first_date"] for row in rows)
    last = max(row["last_date"] for row in rows)
    days = periods.read_days(state.get("days"), periods.this_month(last))
    if days is None or days[0] > last or days[1] < first:
        raise NotFound("There are no figures for these days.")
    days = max(first, days[0]), min(last, days[1])
    compared = periods.compared_days(days, last)
    return Scope(currency, *days, *compared, account), (first, last)


def choosers(
    scope: Scope, offered: Sequence[Row], bounds: periods.Days
) -> list[Component]:
    currencies = [
        {"value": currency, "label": currency.upper()}
        for currency in dict.fromkeys(row["currency"] for row in offered)
    ]
    accounts = sorted({row["source_relation"] for row in offered})
    shown = [
        days_chooser(
            "days", (scope.first, scope.last), bounds, periods.presets(*bounds)
        ),
        choice("currency", "Currency", scope.currency, currencies),
    ]
    if len(accounts) > 1:
        everything = {"value": "", "label": "All accounts"}
        options = [everything, *({"value": a, "label": a} for a in accounts)]
        shown.append(choice("account", "Account", scope.account or "", options))
    return shown


def subtitle(scope: Scope) -> str:
    days = formatting.day_range(scope.first, scope.last)
    compared = formatting.day_range(scope.compared_first, scope.compared_last)
    return f"{days}, compared with {compared}"
