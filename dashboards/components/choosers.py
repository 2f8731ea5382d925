"""Choosers write their value to the address, which draws the page again.

Nothing else is needed: the shell has the callback for all of them (`choose` in
assets/shell.js). Several values stand in the address with commas between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.text import formatting
from dashboards.text.accounts import account_name

Options = Sequence[str] | Sequence[dict[str, str]]


def options(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """{value: label}, to choose from."""
    return [{"value": value, "label": label} for value, label in labels.items()]


def choice(
    name: str, label: str, value: str | None, options: Options, **props: object
) -> Component:
    """One of a few."""
    data = list(options)
    return chooser(
        dmc.Select, name, value, label=label, data=data, allowDeselect=False, **props
    )


def choices(name: str, label: str, value: Sequence[str], options: Options) -> Component:
    """Some of many."""
    return chooser(
        dmc.MultiSelect,
        name,
        list(value),
        label=label,
        data=list(options),
        searchable=True,
    )


def currency_choice(currency: str, currencies: Iterable[str]) -> Component:
    labels = {one: one.upper() for one in currencies}
    return choice("currency", "Currency", currency, options(labels))


def other_currencies(
    what: str,
    rows: Iterable[Mapping[str, Any]],
    link: Callable[[str], str],
    kind: str = "money",
) -> list[Component]:
    """Which currencies there are beside the chosen one, and how much of each.

    A row is a currency and an `amount`, which is money or a count; `link` gives its
    page. No sum: it has none.
    """

    def text(row: Mapping[str, Any]) -> str:
        if kind == "money":
            return formatting.money(row["amount"], row["currency"])
        return (
            f"{formatting.count(row['amount'])} in {formatting.code(row['currency'])}"
        )

    links = [html.A(text(row), href=link(row["currency"])) for row in rows]
    if not links:
        return []
    parts = [part for one in links for part in (one, " · ")][:-1]
    return [html.P([f"Other currencies, {what}: ", *parts], className="others")]


def account_choices(account: str | None, accounts: Iterable[str]) -> list[Component]:
    """One chooser where several Stripe accounts are united, else none."""
    known = sorted(set(accounts), key=account_name)
    if len(known) < 2:
        return []
    labels = {"": "All accounts"} | {one: account_name(one) for one in known}
    return [choice("account", "Account", account or "", options(labels))]


def text_chooser(
    name: str, label: str, value: str | None, **props: object
) -> Component:
    """Free text, taken on Enter and when one leaves the field."""
    return chooser(
        dmc.TextInput, name, value or "", label=label, debounce=True, **props
    )


def days_chooser(
    name: str,
    value: tuple[date, date],
    within: tuple[date, date],
    presets: Sequence[tuple[str, date, date]],
    label: str = "Days",
) -> Component:
    """A first and a last day, or a ready-made pair of them."""
    return chooser(
        dmc.DatePickerInput,
        name,
        [day.isoformat() for day in value],
        type="range",
        label=label,
        valueFormat="D MMM YYYY",
        allowSingleDateInRange=True,
        minDate=within[0].isoformat(),
        maxDate=within[1].isoformat(),
        presets=[
            {"label": preset, "value": [first.isoformat(), last.isoformat()]}
            for preset, first, last in presets
        ],
        weekendDays=[],
        miw=230,
    )


def chooser(
    kind: type[Component], name: str, value: str | list[str] | None, **props: object
) -> Component:
    """Any component with a `value`, beside the value that the address stands for."""
    return html.Div(
        [
            kind(id={"type": "chooser", "name": name}, value=value, size="sm", **props),
            dcc.Store(id={"type": "chosen", "name": name}, data=value),
        ],
        className="chooser wide" if kind is dmc.DatePickerInput else "chooser",
    )
