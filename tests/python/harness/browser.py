"""The dashboards as a server in this process, and Chromium to look at them.

A page fails its test on any console error and on any request that leaves localhost.
"""

from __future__ import annotations

import io
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect
from pypdf import PdfReader
from waitress.server import create_server

from dashboards.app import create_app
from dashboards.warehouse import Warehouse

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SHOWN = (("page", "children"), ("page-title", "data"), ("freshness", "children"))
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
PATIENCE = 20_000  # milliseconds
PHONE = {"width": 390, "height": 844}
expect.set_options(timeout=PATIENCE)
Visit = Callable[[str], Page]


def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@dataclass(frozen=True)
class Chromium:
    """The installed Chromium, to be started."""

    kind: BrowserType

    def browser(self) -> Browser:
        """One whose contexts share nothing."""
        return self.kind.launch(**self._options)

    def context(self, folder: Path) -> BrowserContext:
        """One that keeps its cache in a folder, and its scripts there as compiled.

        In a cache in memory each page compiles them anew: half of what its visit takes.
        """
        return self.kind.launch_persistent_context(
            folder, color_scheme="light", **self._options
        )

    @property
    def _options(self) -> dict:
        return {
            "executable_path": find_chromium(),
            "args": list(OPTIONS),
            "timeout": 60_000,
        }


@contextmanager
def serving(warehouse: Warehouse) -> Iterator[str]:
    """Serve the dashboards over a warehouse on a free port; yields their address."""
    server = create_server(create_app(warehouse).server, port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@contextmanager
def watched(browser: Browser, **settings: object) -> Iterator[Page]:
    """A page in a context of its own, watched; the settings are the context's."""
    context = browser.new_context(**settings)
    with watched_page(context) as page:
        yield page
    context.close()


@contextmanager
def watched_page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails at its end if it said an error or asked another machine."""
    faults: list[str] = []
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda m: m.type == "error" and faults.append(m.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: is_local(r.url) or faults.append(r.url))
    yield page
    page.close()
    assert not faults, faults


def is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"


def drawn(page: Page) -> Page:
    """Wait until the page that the address names stands."""
    expect(page.locator("#page h1")).to_be_visible()
    return page


def paper_of(page: Page) -> str:
    """The text that a page has on paper."""
    sheets = PdfReader(io.BytesIO(page.pdf())).pages
    return "\n".join(sheet.extract_text() for sheet in sheets)


def drawn_by_server(warehouse: Warehouse, address: str) -> str:
    """What the page at an address consists of, as JSON, without a browser."""
    path, _, search = address.partition("?")
    answer = client_of(warehouse).post(
        "/_dash-update-component",
        json={
            "output": f"..{'...'.join(f'{name}.{prop}' for name, prop in SHOWN)}..",
            "outputs": [{"id": name, "property": prop} for name, prop in SHOWN],
            "inputs": [
                {"id": "address", "property": "pathname", "value": path},
                {"id": "address", "property": "search", "value": f"?{search}"},
            ],
            "changedPropIds": ["address.search"],
        },
    )
    assert answer.status_code == 200
    return json.dumps(answer.get_json()["response"]["page"], separators=(",", ":"))


@cache
def client_of(warehouse: Warehouse) -> FlaskClient:
    return create_app(warehouse).server.test_client()
