"""Fixtures of the dashboards' tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from harness.browser import (
    Chromium,
    Visit,
    drawn,
    find_chromium,
    serving,
    watched_page,
)
from harness.own_account import created
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish


@pytest.fixture(scope="session")
def warehouse(
    built_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> DuckdbCopy:
    """The serving copy of the sample account."""
    folder = tmp_path_factory.mktemp("serving")
    # dbt holds the built file open in this process.
    built = Path(shutil.copy(built_sample, folder / "warehouse.duckdb"))
    copy = folder / "warehouse.serving.duckdb"
    publish(built, copy)
    return DuckdbCopy(copy)


@pytest.fixture(scope="session")
def owned(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> DuckdbCopy:
    """The serving copy of the sample account with own tables."""
    folder = tmp_path_factory.mktemp("own")
    built = Path(shutil.copy(built_sample, folder / "warehouse.duckdb"))
    with duckdb.connect(str(built)) as connection:
        connection.execute(created())
    publish(built, folder / "warehouse.serving.duckdb")
    return DuckdbCopy(folder / "warehouse.serving.duckdb")


@pytest.fixture(scope="session")
def dashboards(warehouse: DuckdbCopy) -> Iterator[str]:
    """The address of the running dashboards."""
    with serving(warehouse) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """What starts Chromium."""
    if find_chromium() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        yield Chromium(playwright.chromium)


@pytest.fixture(scope="session")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """For contexts of one's own: other settings, or nothing in the cache."""
    browser = chromium.browser()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def context(
    chromium: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """What pages share: the cache. Who changes the rest opens a context of his own."""
    context = chromium.context(tmp_path_factory.mktemp("chromium"))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page, watched."""
    with watched_page(context) as page:
        yield page


@pytest.fixture
def visit(page: Page, dashboards: str) -> Visit:
    """Open an address of the dashboards and wait until its page is drawn."""

    def open_address(address: str) -> Page:
        page.goto(dashboards + address)
        return drawn(page)

    return open_address
