"""docs/metrics.md says what the project says today."""

from __future__ import annotations

from dataclasses import replace

from scripts.write_metrics_docs import DOCUMENT, EXAMPLE, document
from semantic_layer.manifest import Manifest


def test_the_document_is_current(manifest: Manifest) -> None:
    assert DOCUMENT.read_text() == document(manifest), "run make metrics-docs"


def test_a_change_of_a_metric_changes_the_document(manifest: Manifest) -> None:
    before = document(manifest)
    metric = manifest.metrics["net_charges"]
    manifest.metrics["net_charges"] = replace(metric, label="Net of all")
    after = document(manifest)
    manifest.metrics["net_charges"] = metric
    assert "**Net of all.**" in after
    assert before != after


def test_the_document_shows_code_that_runs(on_duckdb, monkeypatch) -> None:
    monkeypatch.setattr(type(on_duckdb), "open", lambda *_: on_duckdb)
    names: dict = {}
    exec(EXAMPLE, names)
    assert names["frame"].column_names[-1] == "net_charges"
    assert EXAMPLE in DOCUMENT.read_text()
