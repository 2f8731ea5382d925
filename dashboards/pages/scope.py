"""The days, the currency and the account of a page: chosen and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, address, periods
from dashboards.address.errors import NotFound
from dashboards.address.scope import CONVERTED, ComparedScope, Scope
from dashboards.components import (
    account_choices,
    choice,
    days_chooser,
    not_found_state,
    options,
    other_currencies,
)
from dashboards.components.states import state as state_of
from dashboards.queries.revenue import not_rolled_forward
from dashboards.queries.shared import (
    RATES,
    not_converted,
    of_others,
    offered_converted,
)
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse


def choosers(
    scope: ComparedScope, offered: Sequence[Row], bounds: periods.Days
) -> list[Component]:
    days = scope.first, scope.last
    return [
        days_chooser("days", days, bounds, periods.presets(*bounds)),
        *comparison_choosers(scope, bounds),
        *money_choosers(scope, offered),
    ]


def comparison_choosers(scope: ComparedScope, bounds: periods.Days) -> list[Component]:
    """Of what the days are compared with; days of one's own have a chooser, too."""
    labels = {name: f"{name.capitalize()} before" for name in periods.COMPARISONS}
    chosen = choice(
        "compare",
        "Compared with",
        scope.comparison,
        options(labels | {"days": "Other days"}),
        miw=150,
    )
    if scope.comparison != "days":
        return [chosen]
    against = scope.compared_first, scope.compared_last
    widest = min(bounds[0], against[0]), max(bounds[1], against[1])
    return [chosen, days_chooser("against", against, widest, [], label="Other days")]


def read_period(state: State, scope: Scope) -> str:
    """The column of UNITS that charts are drawn by. Raises NotFound."""
    period = periods.read_unit(state.get("unit"), (scope.first, scope.last))
    if period is None:
        raise NotFound("Charts are by day, week or month.")
    return period


def unit_chooser(unit: str) -> Component:
    """Of how long a bar of the charts is; `unit` is a column of UNITS."""
    labels = {name: f"By {name}" for name in periods.UNITS.values()}
    return choice("unit", "Charts", periods.UNITS[unit], options(labels))


def money_choosers(scope: Scope, offered: Sequence[Row]) -> list[Component]:
    """Of the currency and, where there are several, of the account."""
    labels = {row["currency"]: currency_label(row) for row in offered}
    chosen = CONVERTED if scope.is_converted else scope.currency
    return [
        choice("currency", "Currency", chosen, options(labels)),
        *account_choices(scope.account, (row["source_relation"] for row in offered)),
    ]


def currency_label(row: Row) -> str:
    """`EUR`; `All, in EUR` of what is converted."""
    converted = row.get("reporting_currency")
    return f"All, in {converted.upper()}" if converted else row["currency"].upper()


def with_converted(
    warehouse: Warehouse, offered: Sequence[Row], mart: str, day: str
) -> Sequence[Row]:
    """What is on offer and, last, all of it in the reporting currency, if there is
    one."""
    if not offered or not warehouse.has(f"{mart}_converted"):
        return offered
    return [*offered, *warehouse.query(offered_converted(mart, day))]


def rates_note(warehouse: Warehouse, scope: Scope) -> list[Component]:
    """Of converted figures: whose rates, how old, and what they could not convert."""
    if not scope.is_converted:
        return []
    notes = source_notes(warehouse, scope)
    for row in warehouse.query(*not_converted(scope)):
        days = formatting.day_range(row["first_date"], row["last_date"])
        when = "on" if row["first_date"] == row["last_date"] else "within"
        charges = formatting.counted(row["charge_count"], "attempted charge")
        amount = formatting.money(row["gross_charge_amount"], row["currency"])
        notes.append(
            f"No rate for {row['currency'].upper()} {when} {days}: {charges}, "
            f"{amount} gross, are not converted, and totals that they belong to are "
            "not known."
        )
    return [html.P(note, className="others") for note in notes]


def unconverted_note(scope: Scope, what: str) -> list[Component]:
    """Of converted figures: what of the page there is in one currency only."""
    if not scope.is_converted:
        return []
    return [
        html.P(
            f"{what} are not converted: choose a currency to see them.",
            className="others",
        )
    ]


def month_lacks_rates(warehouse: Warehouse, scope: Scope, mart: str) -> list[str]:
    """Which currencies lack a rate: in the scope's last month, or at the close of the
    one before, with which it opens."""
    if not scope.is_converted:
        return []
    month = replace(scope, first=scope.last.replace(day=1))
    rows = warehouse.query(*not_rolled_forward(month, mart))
    names = ", ".join(formatting.code(row["currency"]) for row in rows)
    said = f"No rate for {names} in the month or at its opening: what it belongs to"
    return [f"{said} is not known."] if rows else []


def source_notes(warehouse: Warehouse, scope: Scope) -> list[str]:
    """Whose rates the figures are converted by, and how old."""
    return [
        f"All currencies in {scope.currency.upper()} by {row['rate_source']}: what "
        "happened at the rate of its day, what stands at the rate of the day it is of; "
        + aged_rates(row)
        for row in warehouse.query(RATES)
    ]


def aged_rates(row: Row) -> str:
    if row["rate_date"] is None:
        return "there are none yet."
    newest = f"of {formatting.day(row['rate_date'])}."
    if not row["rate_age_days"]:
        return f"the newest are {newest}"
    days = formatting.counted(row["rate_age_days"], "day")
    return f"the newest are up to {days} old, {newest}"


def in_others(
    what: str, rows: Sequence[Row], path: str, state: State, kind: str = "money"
) -> list[Component]:
    """What there is in other currencies, each with its page in the same state."""
    return other_currencies(
        what,
        rows,
        lambda currency: address(path, **state | {"currency": currency}),
        kind,
    )


def lacks_currency(
    path: str, state: State, offered: Sequence[Row], missing: str
) -> list[Component]:
    """What a page says that has nothing in a currency which was chosen on another one:
    so, and where it has something."""
    account = state.get("account")
    rows = [row for row in offered if account in (None, "", row["source_relation"])]
    known = list(dict.fromkeys(row["currency"] for row in rows))
    if not known:
        return []
    chosen = state.get("currency", known[0])
    if chosen in known or chosen not in {CONVERTED, *formatting.decimal_places()}:
        return []
    links = [
        html.A(
            formatting.code(currency),
            href=address(path, **state | {"currency": currency}),
        )
        for currency in known
    ]
    parts = [part for one in links for part in (one, " · ")][:-1]
    return [
        html.P(["Currencies: ", *parts], className="others"),
        none_in_one() if chosen == CONVERTED else not_found_state(missing),
    ]


def none_in_one() -> Component:
    """Of a page without figures of all currencies in one."""
    return state_of(
        "not-found",
        "Choose a currency",
        "There are no figures of all currencies in one here. Executive Summary, "
        "Finance Operations, the month-end pack, Revenue and Lifetime Value have them "
        "where a reporting currency is set (reporting_currency).",
    )


def gross_in_others(
    warehouse: Warehouse, scope: Scope, path: str, state: State
) -> list[Component]:
    """Gross charges of the days in other currencies."""
    figure = "executive_summary_daily", "gross_charge_amount"
    return days_in_others(warehouse, scope, path, state, "gross charges", figure)


def failed_in_others(
    warehouse: Warehouse, scope: Scope, path: str, state: State
) -> list[Component]:
    """How many charges of the days failed in other currencies."""
    figure = "finance_operations_daily", "failed_charge_count"
    return days_in_others(
        warehouse, scope, path, state, "failed charges", figure, "count"
    )


def days_in_others(
    warehouse: Warehouse,
    scope: Scope,
    path: str,
    state: State,
    what: str,
    figure: tuple[str, str],
    kind: str = "money",
) -> list[Component]:
    """A figure of the days, (mart, column), in other currencies, if one is chosen."""
    if scope.is_converted:
        return []
    rows = warehouse.query(*of_others(scope, *figure, "reporting_date", scope.first))
    return in_others(what, rows, path, state, kind)


def subtitle(scope: ComparedScope) -> str:
    days = formatting.day_range(scope.first, scope.last)
    compared = formatting.day_range(scope.compared_first, scope.compared_last)
    return f"{days}, compared with {compared}"
