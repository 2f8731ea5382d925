"""Figures as people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from dashboards.address import address, read_state
from dashboards.components import Change
from dashboards.components.tiles import change_badge
from dashboards.text import formatting


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.5", "usd", "1,234.50 USD"),
        ("1234567", "jpy", "1,234,567 JPY"),
        ("1234567.5", "jpy", "1,234,568 JPY"),
        ("7577.5264", "kwd", "7,577.526 KWD"),
        ("100", "isk", "100.00 ISK"),
        ("-0.005", "eur", "-0.01 EUR"),
        ("-0.004", "eur", "0.00 EUR"),
        ("0", "usd", "0.00 USD"),
        ("12.340000", "xyz", "12.34 XYZ"),
        ("12.340000", None, "12.34"),
        ("100.000000", "xyz", "100 XYZ"),
        ("99999999999999999999999999999999.99", "usd", None),
    ],
)
def test_money_has_the_decimals_of_its_currency(
    amount: str, currency: str | None, text: str | None
) -> None:
    exact = "99,999,999,999,999,999,999,999,999,999,999.99 USD"

    assert formatting.money(Decimal(amount), currency) == (text or exact)


def test_what_is_not_known_is_a_dash() -> None:
    shown = [
        *(formatting.money(None, currency) for currency in ("usd", None)),
        *(show(None) for show in formatting.FORMATS.values()),
        *(f(None) for f in OF_ONE),
    ]

    assert set(shown) == {formatting.NOTHING}


OF_ONE = (formatting.change, formatting.points)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (formatting.count(1234567), "1,234,567"),
        (formatting.rate(Decimal("0.8565")), "85.7%"),
        (formatting.rate(Decimal("1")), "100.0%"),
        (formatting.change(Decimal("0.12345")), "+12.3%"),
        (formatting.change(Decimal("-0.00001")), "0.0%"),
        (formatting.points(Decimal("0")), "0.0 pts"),
        (formatting.counted(1, "refund"), "1 refund"),
        (formatting.counted(1000, "refund"), "1,000 refunds"),
        (formatting.change(Decimal("12.5")), "+1,250.0%"),
        (formatting.points(Decimal("-0.0213")), "-2.1 pts"),
        (formatting.days(Decimal("2.25")), "2.3 days"),
        (formatting.days(Decimal("0.4")), "9.6 hours"),
        (formatting.days(Decimal("1")), "1.0 days"),
        (formatting.day(date(2026, 10, 2)), "2 Oct 2026"),
        (formatting.moment(datetime(2026, 10, 2, 3, 4)), "2 Oct 2026 03:04 UTC"),
        (formatting.day_range(date(2026, 10, 2), date(2026, 10, 2)), "2 Oct 2026"),
    ],
)
def test_rates_and_days(shown: str, text: str) -> None:
    assert shown == text


@pytest.mark.parametrize(
    ("amount", "better", "good"),
    [
        ("1", "up", True),
        ("-1", "up", False),
        ("1", "down", False),
        ("-1", "down", True),
        ("0", "up", None),
        ("1", None, None),
    ],
)
def test_a_change_is_good_or_bad_by_what_its_owner_wants(
    amount: str, better: str | None, good: bool | None
) -> None:
    change = Change.of("", Decimal(amount), better)

    assert change is not None
    assert change.good is good


@pytest.mark.parametrize("kind", ["rate", "money"])
def test_a_change_that_rounds_to_nothing_has_no_arrow_and_no_sign(kind: str) -> None:
    for amount in ("0.0004", "-0.0004", "0"):
        change = Change.by(kind, Decimal(amount), "up")
        assert change is not None
        badge = str(change_badge(change))
        assert "better" not in badge and "worse" not in badge
        assert not set("▲▼=+-") & set(change.text)
        assert "▲" not in badge and "▼" not in badge
    assert "▲" in str(change_badge(Change.by(kind, Decimal("0.0005"), "up")))
    assert formatting.signed_money(Decimal("0.004"), "usd") == "0.00 USD"
    assert formatting.signed_money(Decimal("0.005"), "usd") == "+0.01 USD"


def test_an_address_is_read_as_it_was_written() -> None:
    state = {"filter": "a=b&c, d'--%00é", "currency": "usd"}
    written = address("/explore", empty="", nothing=None, **state)

    assert read_state(written.removeprefix("/explore")) == state


def test_an_address_cannot_bring_nul_or_endless_text() -> None:
    assert read_state("?a=%00x") == {"a": "x"}
    assert len(read_state(f"?a={'x' * 9_999}")["a"]) < 9_999
