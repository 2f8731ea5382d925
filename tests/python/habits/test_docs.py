"""dbt docs make one page that works offline and holds models/overview.md, the page
of this project; the first page is left to a project that has this one as a package."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import yaml
from harness.project import ROOT

# What a browser fetches from elsewhere as soon as it opens a page.
LOADED = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//"""
)
OVERVIEW = (ROOT / "models" / "overview.md").read_text()


def marts(manifest: dict) -> list[str]:
    return [
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
    ]


def test_the_page_holds_the_overview_and_every_mart(artifacts: Path) -> None:
    manifest = json.loads((artifacts / "manifest.json").read_text())
    page = (artifacts / "static_index.html").read_text()
    shown = manifest["docs"]["doc.segment_stripe.__segment_stripe__"]["block_contents"]
    assert shown in OVERVIEW
    # The page carries manifest and catalog as JSON.
    assert json.dumps(shown)[1:-1] in page
    assert len(marts(manifest)) > 5
    for mart in marts(manifest):
        assert f'"model.segment_stripe.{mart}"' in page


def test_the_overview_names_every_mart(artifacts: Path) -> None:
    manifest = json.loads((artifacts / "manifest.json").read_text())
    assert [mart for mart in marts(manifest) if f"`{mart}`" not in OVERVIEW] == []


def test_the_overview_names_every_variable() -> None:
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    assert [name for name in variables if f"| `{name}` |" not in OVERVIEW] == []


def test_the_page_asks_nothing_of_the_network(artifacts: Path) -> None:
    page = (artifacts / "static_index.html").read_text()
    assert LOADED.findall(page) == []
    assert LOADED.findall('<script async src="https://cdn.example/a.js">')
    # dbt's page reports its reader to a tracker unless this is off.
    metadata = json.loads((artifacts / "manifest.json").read_text())["metadata"]
    assert metadata["send_anonymous_usage_stats"] is False


def test_the_lineage_of_each_room_draws_what_is_there(artifacts: Path) -> None:
    manifest = json.loads((artifacts / "manifest.json").read_text())
    names = {node["name"] for node in manifest["nodes"].values()}
    links = re.findall(r"\(#!/overview\?g_v=1&g_i=([^)]+)\)", OVERVIEW)
    assert len(links) >= 6
    drawn = {item for link in links for item in unquote(link).split()}
    folders = {item.removeprefix("path:") for item in drawn if item.startswith("path:")}
    assert [
        folder for folder in folders if not any((ROOT / folder).glob("*.sql"))
    ] == []
    assert {item for item in drawn if not item.startswith("path:")} <= names
    domains = {p.name for p in (ROOT / "models" / "intermediate").iterdir()}
    assert {Path(folder).name for folder in folders} >= domains


def test_each_domain_has_a_colour_of_its_own(artifacts: Path) -> None:
    manifest = json.loads((artifacts / "manifest.json").read_text())
    colours: dict[str, set[str]] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and node["fqn"][0] == "segment_stripe":
            layer, folder = node["fqn"][1:3]
            domain = folder if layer == "intermediate" else layer
            colours.setdefault(domain, set()).add(node["docs"]["node_color"])
    assert None not in set().union(*colours.values())
    four = ("payments", "balances", "receivables", "subscriptions")
    assert all(len(colours[domain]) == 1 for domain in four)
    assert len(set().union(*(colours[domain] for domain in four))) == 4
