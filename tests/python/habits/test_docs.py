"""dbt docs make one page that works offline and begins with models/overview.md."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from harness.project import ROOT

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
    shown = manifest["docs"]["doc.segment_stripe.__overview__"]["block_contents"]
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
