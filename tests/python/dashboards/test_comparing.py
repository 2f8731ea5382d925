"""What the days are compared with, how charts are drawn, goals and annotations."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness.browser import Visit, serving, watched
from playwright.sync_api import Browser, Page, expect

from dashboards.address.scope import ComparedScope
from dashboards.pages.executive_summary import page as executive_summary
from dashboards.queries.executive_summary import DAILY
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

NET = """
select sum(net_charge_amount) as amount
from executive_summary_daily
where
    currency = 'usd'
    and reporting_date between cast(? as date) and cast(? as date)
"""
GOAL = Decimal("123456.78")


def net(warehouse: DuckdbCopy, first: str, last: str) -> Decimal:
    return warehouse.query(NET, [first, last])[0]["amount"]


@pytest.mark.parametrize(
    ("address", "said", "first", "last"),
    [
        ("compare=quarter", "1–20 Jul 2026", "2026-07-01", "2026-07-20"),  # noqa: RUF001
        ("compare=year", "1–20 Oct 2025", "2025-10-01", "2025-10-20"),  # noqa: RUF001
        (
            "compare=days&against=2026-02-03,2026-02-09",
            *("3–9 Feb 2026", "2026-02-03", "2026-02-09"),  # noqa: RUF001
        ),
        # Days that come later, or overlap, are the user's to choose.
        (
            "days=2026-03-01,2026-03-31&compare=days&against=2026-03-15,2026-04-14",
            *("15 Mar – 14 Apr 2026", "2026-03-15", "2026-04-14"),  # noqa: RUF001
        ),
    ],
    ids=["quarter", "year", "other days", "overlapping days"],
)
def test_a_tile_moved_since_the_days_that_were_chosen(
    *,
    visit: Visit,
    warehouse: DuckdbCopy,
    address: str,
    said: str,
    first: str,
    last: str,
) -> None:
    page = visit(f"/?{address}")

    expect(page.locator(".subtitle")).to_contain_text(f"compared with {said}")
    shown = page.locator("[data-card=net_change] tbody tr").last.locator("td").nth(1)
    before = net(warehouse, first, last)
    expect(shown).to_have_text(f"{before:,.2f} USD")


@pytest.mark.parametrize(
    "address",
    ["compare=decade", "compare=days&against=x", "unit=hour"],
    ids=["comparison", "days", "unit"],
)
def test_what_there_is_not_is_not_found(visit: Visit, address: str) -> None:
    page = visit(f"/?{address}")

    expect(page.locator("[data-state=not-found]")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "title"),
    [("/", "Net charges"), ("/finance", "Recovery of failed payments")],
)
def test_charts_are_by_day_week_or_month(visit: Visit, path: str, title: str) -> None:
    page = visit(f"{path}?days=2026-08-01,2026-10-20&unit=month")

    by_month = page.get_by_role("heading", name=f"{title} by month")
    expect(by_month).to_be_visible()
    page.get_by_role("textbox", name="Charts").click()
    page.get_by_role("option", name="By day").click()
    expect(page).to_have_url(re.compile("unit=day"))
    expect(by_month).to_have_count(0)


def test_the_chooser_of_other_days_appears_with_them(visit: Visit) -> None:
    page = visit("/")

    expect(page.get_by_label("Other days")).to_have_count(0)
    page.get_by_role("textbox", name="Compared with").click()
    page.get_by_role("option", name="Other days").click()
    expect(page.get_by_label("Other days")).to_be_visible()


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2026-10-01", "2026-10-20"), ("2026-09-01", "2026-09-20")),
        (("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")),
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
    ],
    ids=["so far", "shorter than before", "longer than before"],
)
def test_a_running_total_ends_at_the_figures_of_both(
    warehouse: DuckdbCopy, days: tuple[str, str], before: tuple[str, str]
) -> None:
    first, last, *compared = map(date.fromisoformat, (*days, *before))
    scope = ComparedScope("usd", None, first, last, *compared)
    rows = warehouse.query(*DAILY.running(scope, "net_charge_amount"))

    for name, ends in (("running_amount", days), ("previous_running_amount", before)):
        course = [row[name] for row in rows if row[name] is not None]
        start, end = map(date.fromisoformat, ends)
        assert len(course) == (end - start).days + 1
        assert course[-1] == net(warehouse, *ends)
        assert course[0] == net(warehouse, ends[0], ends[0])


@pytest.fixture
def planned(warehouse: DuckdbCopy, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """A page of a copy whose seeds have a goal and an annotation."""
    file = Path(shutil.copy(warehouse.path, tmp_path / "planned.serving.duckdb"))
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "insert into analytics.dashboard_goals"
            " values ('2026-10-01', 'usd', 'net_charge_amount', ?)",
            [GOAL],
        )
        connection.execute(
            "insert into analytics.dashboard_annotations"
            " values ('2026-10-06', 'Prices raised')"
        )
    with serving(DuckdbCopy(file)) as address, watched(browser) as page:
        page.goto(address)
        yield page


def test_goals_and_annotations_are_drawn(planned: Page) -> None:
    running = planned.locator("[data-card=running_net_charge_amount]")
    expect(running).to_contain_text(f"Goal {GOAL:,} USD")
    expect(planned.locator("[data-card=net_charge_amount]")).to_contain_text(
        "Prices raised"
    )


def test_annotations_are_asked_for_once_a_page(
    warehouse: DuckdbCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    query = warehouse.query

    def noted(sql: str, *values: list) -> list[Row]:
        asked.append(sql)
        return query(sql, *values)

    monkeypatch.setattr(warehouse, "query", noted)
    executive_summary.layout(warehouse, {"unit": "month"})
    assert sum("from dashboard_annotations" in sql for sql in asked) == 1
