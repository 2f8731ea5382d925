"""Which days a range is compared with, and what ranges are offered."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.address import periods

TODAY = date(2026, 10, 20)


def days(text: str) -> periods.Days:
    first, last = text.split(" ")
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("chosen", "compared"),
    [
        ("2026-10-01 2026-10-20", "2026-09-01 2026-09-20"),
        ("2026-10-05 2026-10-05", "2026-09-05 2026-09-05"),
        ("2026-09-01 2026-09-30", "2026-08-01 2026-08-31"),
        ("2026-02-01 2026-02-28", "2026-01-01 2026-01-31"),
        ("2026-03-01 2026-03-31", "2026-02-01 2026-02-28"),
        ("2026-03-30 2026-03-31", "2026-02-28 2026-02-28"),
        ("2026-09-21 2026-10-20", "2026-08-21 2026-09-20"),
        ("2026-07-01 2026-09-30", "2026-04-01 2026-06-30"),
        ("2025-10-21 2026-10-20", "2024-10-21 2025-10-20"),
    ],
)
def test_a_range_is_compared_with_the_same_days_before(
    chosen: str, compared: str
) -> None:
    assert periods.compared_days(days(chosen), TODAY) == days(compared)


@pytest.mark.parametrize(
    ("chosen", "step", "compared"),
    [
        ("2026-10-01 2026-10-20", "quarter", "2026-07-01 2026-07-20"),
        ("2026-10-01 2026-10-20", "year", "2025-10-01 2025-10-20"),
        ("2026-02-01 2026-02-28", "quarter", "2025-11-01 2025-11-30"),
        ("2026-07-01 2026-09-30", "quarter", "2026-04-01 2026-06-30"),
        ("2026-01-01 2026-10-20", "quarter", "2025-01-01 2025-10-20"),
        ("2024-02-29 2024-02-29", "year", "2023-02-28 2023-02-28"),
        ("2025-10-21 2026-10-20", "year", "2024-10-21 2025-10-20"),
    ],
)
def test_a_range_is_compared_with_the_quarter_or_year_before(
    chosen: str, step: str, compared: str
) -> None:
    found = periods.compared_days(days(chosen), TODAY, periods.COMPARISONS[step])
    assert found == days(compared)


def test_the_ranges_that_finance_uses_are_offered() -> None:
    offered = periods.presets(date(2024, 1, 1), TODAY)

    assert {name: f"{first} {last}" for name, first, last in offered}.items() >= {
        "This month": "2026-10-01 2026-10-20",
        "Last month": "2026-09-01 2026-09-30",
        "This quarter": "2026-10-01 2026-10-20",
        "Last quarter": "2026-07-01 2026-09-30",
        "This year": "2026-01-01 2026-10-20",
        "Last year": "2025-01-01 2025-12-31",
    }.items()


def test_the_month_of_today_is_compared_day_by_day_even_on_its_last_day() -> None:
    chosen = days("2026-04-01 2026-04-30")

    assert periods.compared_days(chosen, date(2026, 4, 30)) == days(
        "2026-03-01 2026-03-30"
    )


@pytest.mark.parametrize(
    "text", ["x", "2026-10-01", "2026-10-02,2026-10-01", "2026-02-30,2026-03-01", ",,"]
)
def test_days_that_cannot_be_read(text: str) -> None:
    assert periods.read_days(text, (TODAY, TODAY)) is None


def test_no_range_on_offer_begins_before_the_first_day() -> None:
    first = date(2026, 10, 10)

    offered = periods.presets(first, TODAY)

    assert [label for label, start, end in offered if not first <= start <= end] == []
    assert "Last month" not in [label for label, *_ in offered]


def test_months_before_ends_at_the_end_of_a_shorter_month() -> None:
    assert periods.months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert periods.months_before(date(2026, 1, 31), 13) == date(2024, 12, 31)
