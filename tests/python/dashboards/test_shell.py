"""What surrounds the pages: navigation, theme, keyboard, and every state of a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlencode

import pytest
from harness.browser import PHONE, Visit, drawn, drawn_by_server, serving, watched
from playwright.sync_api import Browser, Page, expect

from dashboards import app
from dashboards.app import PAGES
from dashboards.components import stale_notes
from dashboards.warehouse import NotBuilt, Parameters, Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

INJECTIONS = (
    "'; drop table fct_charges; --",
    '" or 1=1 --',
    "1 union select * from information_schema.tables",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%s ? $1 {x} \\",
    "\U0001f600 é \u202e",
    "x" * 5_000,
    "-1",
    ",",
)
PARAMETERS = (
    *("currency", "days", "account", "customer_id", "invoice_id", "page"),
    *("table", "columns", "filter", "sort", "month", "channel", "search"),
)


class Failing(DuckdbCopy):
    """A warehouse that answers no query."""

    def __init__(self, copy: DuckdbCopy, error: Exception) -> None:
        super().__init__(copy.path)
        self.error = error

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        raise self.error


class Waiting(DuckdbCopy):
    """A warehouse that answers when it is told to."""

    def __init__(self, copy: DuckdbCopy) -> None:
        super().__init__(copy.path)
        self.may_answer = threading.Event()

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        self.may_answer.wait(20)
        return super().query(sql, parameters)


def test_the_navigation_leads_to_every_page(visit: Visit) -> None:
    page = visit("/nowhere")
    page.evaluate("window.stayed = true")
    marked = page.locator(".mantine-AppShell-navbar [aria-current=page]")
    expect(marked).to_have_count(0)

    shown = [target for target in PAGES if target.in_navigation]
    for target in shown:
        page.get_by_role("link", name=target.title, exact=True).click()
        expect(page).to_have_title(f"{target.title} · Segment Stripe")
        expect(marked).to_have_text(target.title)
    assert page.evaluate("window.stayed"), "the application was loaded again"
    for target in reversed(shown[:-1]):
        page.go_back()
        expect(page).to_have_title(f"{target.title} · Segment Stripe")


def test_a_page_that_does_not_exist_is_not_found(visit: Visit) -> None:
    page = visit("/nowhere")

    expect(page.locator("[data-state=not-found]")).to_contain_text("no such page")


def test_what_the_page_says_of_its_freshness(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/")

    built = warehouse.freshness().built_at
    assert built is not None
    footer = page.locator("footer")
    expect(footer).to_contain_text(f"Built {built.day} {built:%b %Y %H:%M} UTC")
    expect(footer).to_contain_text("data through 20 Oct 2026")
    expect(footer).to_contain_text("days and times in UTC")


def test_data_that_are_old_say_so_at_the_top(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "today", lambda: date(2026, 11, 27))
    page = visit("/")
    note = page.locator("#page .stale")
    expect(note).to_have_text("Data through 20 Oct 2026, 38 days old")
    assert note.bounding_box()["y"] < page.locator("h1").bounding_box()["y"]

    monkeypatch.setattr(app, "today", lambda: date(2026, 10, 21))
    expect(visit("/").locator(".stale")).to_have_count(0)


def test_each_account_that_is_behind_is_named_and_no_other() -> None:
    accounts = [
        {"source_relation": "stripe_eu", "data_through": date(2026, 9, 30)},
        {"source_relation": "stripe", "data_through": date(2026, 10, 17)},
    ]

    def said(accounts: list[Row], today: date) -> str:
        return " ".join(note.children for note in stale_notes(accounts, today))

    assert said(accounts, date(2026, 10, 20)) == (
        "Data of stripe_eu through 30 Sep 2026, 20 days old"
    )
    assert said(accounts, date(2026, 10, 21)) == (
        "Data of stripe_eu through 30 Sep 2026, 21 days old · "
        "Data of stripe through 17 Oct 2026, 4 days old"
    )
    assert said(accounts[1:], date(2026, 10, 20)) == ""
    assert said([], date(2026, 10, 20)) == ""


@contextmanager
def opened(browser: Browser, warehouse: DuckdbCopy) -> Iterator[Page]:
    """The first page of dashboards over another warehouse."""
    with serving(warehouse) as address, watched(browser) as page:
        page.goto(address)
        yield page


def test_a_failure_is_an_error_state_and_no_traceback(
    browser: Browser, warehouse: DuckdbCopy
) -> None:
    secret = "select secret from somewhere"
    with opened(browser, Failing(warehouse, RuntimeError(secret))) as page:
        expect(page.locator("[data-state=error]")).to_be_visible()
        assert secret not in page.content()


def test_marts_that_are_not_built_are_an_empty_state(
    browser: Browser, warehouse: DuckdbCopy
) -> None:
    with opened(browser, Failing(warehouse, NotBuilt("Run make refresh."))) as page:
        state = page.locator("[data-state=empty]")
        expect(state).to_contain_text("Run make refresh.")


def test_a_page_shows_that_it_loads(browser: Browser, warehouse: DuckdbCopy) -> None:
    slow = Waiting(warehouse)
    with opened(browser, slow) as page:
        expect(page.locator("#page [aria-busy]")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_be_attached()
        slow.may_answer.set()
        drawn(page)
        expect(page.locator("#page [aria-busy]")).to_have_count(0)


def test_dark_or_light_is_the_reader_s_choice_and_stays(
    browser: Browser, dashboards: str
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with watched(browser, color_scheme="light") as page:
        page.goto(dashboards)
        light = drawn(page).evaluate(ground)

        page.get_by_role("button", name="Light or dark").click()

        page.wait_for_function(f"{ground} !== '{light}'")
        dark = page.evaluate(ground)
        page.reload()
        assert drawn(page).evaluate(ground) == dark


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    page = visit("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_chooser_keeps_the_focus_when_its_page_is_drawn_again(visit: Visit) -> None:
    page = visit("/")
    chooser = page.get_by_role("textbox", name="Currency")

    chooser.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/?currency=*")
    expect(page.locator("[data-tile=gross_charge_amount]")).not_to_contain_text("USD")
    expect(page.get_by_role("textbox", name="Currency")).to_be_focused()


def test_on_a_phone_the_navigation_opens_and_closes(
    browser: Browser, dashboards: str
) -> None:
    with watched(browser, viewport=PHONE) as page:
        page.goto(dashboards)
        link = drawn(page).get_by_role("link", name="Revenue", exact=True)
        expect(link).not_to_be_in_viewport()

        page.get_by_role("button", name="Navigation").click()
        link.click()

        expect(page).to_have_title("Revenue · Segment Stripe")
        expect(link).not_to_be_in_viewport()


@pytest.mark.parametrize(
    "doing",
    ["console.error('seen')", "fetch('http://192.0.2.1/').catch(() => {})"],
    ids=["console-error", "foreign-request"],
)
def test_a_console_error_and_a_foreign_request_are_seen(
    browser: Browser, dashboards: str, doing: str
) -> None:
    with (
        pytest.raises(AssertionError, match=r"seen|192\.0\.2\.1"),
        watched(browser) as page,
    ):
        page.goto(dashboards)
        drawn(page).evaluate(f"void {doing}")


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_no_parameter_of_any_page_is_taken_for_sql(
    warehouse: DuckdbCopy, path: str
) -> None:
    states = [{name: INJECTIONS[0]} for name in PARAMETERS]
    states += [dict.fromkeys(PARAMETERS, value) for value in INJECTIONS]
    failed = [
        state
        for state in states
        if '"data-state":"error"'
        in drawn_by_server(warehouse, f"{path}?{urlencode(state)}")
    ]
    assert failed == []
    assert '"data-state":"error"' not in drawn_by_server(warehouse, path)
