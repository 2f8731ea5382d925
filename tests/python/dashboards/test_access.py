"""Behind a proxy that says who asks: each sees his pages, and nothing else answers."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from harness.browser import SHOWN, serving
from harness.project import ROOT
from werkzeug.test import TestResponse

from dashboards.app import PAGES, create_app
from dashboards.login.access import AccessError, read_access
from dashboards.warehouse.duckdb_copy import DuckdbCopy

PATHS = [page.path for page in PAGES]
FILE = """
user_header: X-Forwarded-Email
groups_header: X-Forwarded-Groups
pages:
  finance: all
  support: [/customer, /invoice, /search]
users:
  Anna@example.com: [support]
"""
SUPPORT = {"X-Forwarded-Email": "anna@example.com"}
FINANCE = {"X-Forwarded-Email": "ben@example.com", "X-Forwarded-Groups": "all, finance"}
NOBODY = {"X-Forwarded-Email": "carl@example.com"}


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "access.yml"
    path.write_text(FILE)
    monkeypatch.setenv("SEGMENT_STRIPE_ACCESS", str(path))
    return path


@pytest.fixture
def client(access: Path, warehouse: DuckdbCopy) -> FlaskClient:
    return create_app(warehouse).server.test_client()


def callback(output: str, path: str) -> dict:
    """What a browser asks when a page is to be drawn, or with another output."""
    return {
        "output": output,
        "outputs": [{"id": name, "property": prop} for name, prop in SHOWN],
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": ""},
        ],
        "changedPropIds": ["address.search"],
    }


DRAWN = f"..{'...'.join(f'{name}.{prop}' for name, prop in SHOWN)}.."


@pytest.fixture
def draw(client: FlaskClient) -> Callable[..., TestResponse]:
    def ask(path: str, headers: dict, output: str = DRAWN) -> TestResponse:
        given = callback(output, path)
        return client.post("/_dash-update-component", json=given, headers=headers)

    return ask


def test_support_sees_its_pages_alone(draw: Callable[..., TestResponse]) -> None:
    for path in PATHS:
        drawn = draw(path, SUPPORT)
        assert drawn.status_code == 200
        is_there = "There is no such page." not in drawn.text
        assert is_there == (path in ("/customer", "/invoice", "/search")), path
        assert "There is no such page." not in draw(path, FINANCE).text, path


def test_files_and_callbacks_belong_to_a_page(
    client: FlaskClient, draw: Callable[..., TestResponse]
) -> None:
    for address, is_support in {
        "/explore.csv?table=charges": False,
        "/search.json?q=a": True,
        "/table.csv?of=/finance&card=failure_reasons": False,
        "/table.csv?of=/customer&of=/finance&card=failure_reasons": False,
        "/revenue": False,
        "/customer": True,
        "/assets/style.css": True,
        "/_dash-dependencies": True,
    }.items():
        found = client.get(address, headers=SUPPORT).status_code
        assert (found == 200) == is_support, address
        assert client.get(address, headers=FINANCE).status_code == 200, address
        assert client.get(address, headers=NOBODY).status_code == 403, address
        assert client.get(address).status_code == 401, address
    assert draw("/", SUPPORT, "filter-value.disabled").status_code == 404
    assert draw("/", SUPPORT, "..search.data...").status_code == 404
    assert draw("/", {}).status_code == 401


def test_the_navigation_has_the_pages_that_are_there(client: FlaskClient) -> None:
    support = client.get("/_dash-layout", headers=SUPPORT).text
    assert "Customer Lookup" in support
    assert "Executive Summary" not in support
    assert "Executive Summary" in client.get("/_dash-layout", headers=FINANCE).text


def test_who_may_not_see_the_first_page_comes_to_one_of_his(
    client: FlaskClient,
) -> None:
    came = client.get("/", headers=SUPPORT)
    assert (came.status_code, came.headers["Location"]) == (302, "/customer")
    assert client.get("/", headers=FINANCE).status_code == 200


def test_a_header_spelled_otherwise_is_not_the_proxys(
    access: Path, warehouse: DuckdbCopy
) -> None:
    """A proxy takes X-Forwarded-Email from outside away, and may let this one pass."""
    with serving(warehouse) as address:
        for header, status in (
            ("X_Forwarded_Email", 401),
            ("X-Forwarded_Email", 401),
            ("X-Forwarded-Email", 200),
        ):
            parts = urlsplit(address)
            connection = http.client.HTTPConnection(parts.hostname, parts.port)
            connection.request("GET", "/customer", headers={header: "anna@example.com"})
            assert connection.getresponse().status == status, header
            connection.close()


def test_health_needs_no_login_and_says_no_figure(
    client: FlaskClient, tmp_path: Path
) -> None:
    healthy = client.get("/health")
    assert healthy.status_code == 200
    assert healthy.get_json()["is_healthy"] is True
    assert healthy.get_json()["as_of"] == "2026-10-20"
    empty = create_app(DuckdbCopy(tmp_path / "none.duckdb")).server.test_client()
    ill = empty.get("/health")
    assert ill.status_code == 503
    assert "run make refresh" in ill.get_json()["why"]


def test_the_container_asks_for_its_health_and_starts_the_dashboards(
    warehouse: DuckdbCopy,
) -> None:
    file = (ROOT / "examples" / "container" / "Containerfile").read_text()
    found = dict(
        re.findall(r"^(?:HEALTHCHECK )?(CMD|ENTRYPOINT) (\[.*\])$", file, re.M)
    )
    (health,) = re.findall(r"^HEALTHCHECK CMD (\[.*\])$", file, re.M)
    python, *code = json.loads(health)
    assert python == ".venv/bin/python"
    with serving(warehouse) as address:
        asked = [one.replace("http://127.0.0.1:8050", address) for one in code]
        assert asked != code
        assert subprocess.run([sys.executable, *asked]).returncode == 0
    gone = subprocess.run([sys.executable, *asked], stderr=subprocess.DEVNULL)
    assert gone.returncode == 1
    start = [*json.loads(found["ENTRYPOINT"]), *json.loads(found["CMD"])]
    helped = subprocess.run([*start, "--help"], cwd=ROOT, capture_output=True)
    assert helped.returncode == 0


def test_without_a_file_everybody_sees_all(
    warehouse: DuckdbCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEGMENT_STRIPE_ACCESS", raising=False)
    client = create_app(warehouse).server.test_client()
    assert client.get("/revenue").status_code == 200
    assert "Executive Summary" in client.get("/_dash-layout").text


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        (
            "user_header: X-Forwarded-Email\n",
            "",
            "needs user_header, and pages of",
        ),
        ("/search]", "/sarch]", "the pages of support are all, or some of /, /cust"),
        ("[support]", "[suport]", "have lists of groups, which pages names"),
        ("[support]", "support", "have lists of groups, which pages names"),
        ("users:", "people:", "may have everybody, groups_header, pages, user_header"),
        ("pages:", "pages: [", "cannot be read: correct SEGMENT_STRIPE_ACCESS"),
    ],
)
def test_a_wrong_file_is_one_sentence(
    was: str, now: str, sentence: str, access: Path
) -> None:
    access.write_text(FILE.replace(was, now))
    with pytest.raises(AccessError) as error:
        read_access(PATHS)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
