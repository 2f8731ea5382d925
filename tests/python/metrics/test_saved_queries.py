"""Saved queries: each one runs from its compiled SQL, without dbt."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import psycopg2
import pytest
import yaml
from harness.project import ROOT

from metrics.conftest import ENGINES
from scripts.compile_saved_queries import write
from semantic_layer.errors import MetricError
from semantic_layer.guard import ENTITY
from semantic_layer.layer import SemanticLayer, spelled
from semantic_layer.manifest import Manifest

FACTS = {path.stem for path in (ROOT / "models" / "marts" / "core").glob("fct_*.sql")}


def rows_of(layer: SemanticLayer, sql: str) -> tuple[list[str], list[tuple]]:
    """What a program that knows nothing of dbt gets."""
    if layer.profile.engine == "duckdb":
        with duckdb.connect(layer.profile.path, read_only=True) as connection:
            cursor = connection.execute(sql)
            return [column[0] for column in cursor.description], cursor.fetchall()
    with closing(psycopg2.connect("")) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return [column.name for column in cursor.description], cursor.fetchall()


@pytest.mark.parametrize("layer", ENGINES, indirect=True)
def test_each_compiled_query_runs_without_dbt(
    layer: SemanticLayer, tmp_path: Path
) -> None:
    count = write(tmp_path / "queries", layer)
    files = sorted((tmp_path / "queries").glob("*.sql"))
    assert [file.stem for file in files] == sorted(layer.manifest.saved_queries)
    assert count == len(files) > 15
    empty = []
    for file in files:
        sql = file.read_text()
        assert sql.startswith(f"-- {file.stem}: ")
        columns, rows = rows_of(layer, sql)
        query = layer.saved_query(file.stem)
        assert set(query.metrics) <= set(columns)
        if not rows:
            empty.append(file.stem)
    assert [name for name in empty if "acquisition_cost" not in name] == []


def test_all_queries_are_grouped_by_currency(on_duckdb: SemanticLayer) -> None:
    """Or by the home currency; but those whose metrics count people have none."""
    for name in on_duckdb.manifest.saved_queries:
        query = on_duckdb.saved_query(name)
        named = {group.split("__")[-1] for group in query.group_by}
        if not named & {ENTITY, f"home_{ENTITY}"}:
            assert ENTITY not in on_duckdb.compiler.groups(query.metrics), name


def test_a_query_without_currency_is_not_compiled(
    on_duckdb: SemanticLayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"metrics": ["gross_charges"], "group_by": [], "where": None}
    query = {"description": "all at once", "query_params": asked}
    monkeypatch.setattr(on_duckdb.manifest, "saved_queries", {"mixed": query})
    with pytest.raises(MetricError, match="never added together"):
        write(tmp_path / "queries", on_duckdb)


def test_every_fact_has_an_explore(manifest: Manifest) -> None:
    explored = {
        manifest.metrics[name].model
        for query in manifest.saved_queries.values()
        for metric in query["query_params"]["metrics"]
        for name in [part.name for part in manifest.parts(metric)]
        if query["name"].startswith("explore_")
    }
    assert explored >= FACTS


def test_every_dashboard_has_its_queries(manifest: Manifest) -> None:
    exposures = yaml.safe_load(
        (ROOT / "models" / "marts" / "exposures.yml").read_text()
    )
    for exposure in exposures["exposures"]:
        name = exposure["name"]
        assert [q for q in manifest.saved_queries if q.startswith(name)], name


def test_every_query_has_an_export(manifest: Manifest) -> None:
    assert [n for n, q in manifest.saved_queries.items() if not q["exports"]] == []
    assert all(q["description"] for q in manifest.saved_queries.values())


def test_groups_are_spelled_as_on_the_command_line() -> None:
    assert spelled("TimeDimension('metric_time', 'month')") == "metric_time__month"
    assert (
        spelled("Entity('currency', entity_path=['customer'])") == "customer__currency"
    )
    assert spelled("currency") == "currency"
