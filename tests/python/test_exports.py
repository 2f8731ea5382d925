"""What other programs are told of the marts, read by programs that we did not write."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import lkml
import pytest
import sqlglot
import yaml
from harness.project import ROOT, Project
from metricflow.converters.models import OSIDocument
from metricflow.converters.osi_to_msi import OSIToMSIConverter
from write_looker_parity import tiles

# What each part must say and what else it may, by the schema of version 0.1.1.
OSI_PARTS = {
    "datasets": (
        {"name", "source"},
        {"primary_key", "unique_keys", "description", "ai_context", "fields"},
    ),
    "fields": (
        {"name", "expression"},
        {"dimension", "label", "description", "ai_context"},
    ),
    "relationships": (
        {"name", "from", "to", "from_columns", "to_columns"},
        {"ai_context"},
    ),
    "metrics": ({"name", "expression"}, {"description", "ai_context"}),
}
COLUMN = re.compile(r"\$\{TABLE\}\.(\w+)")
BLOCK = ("executive_summary", "finance_operations", "customer_lookup", "invoice_lookup")


@pytest.fixture(scope="module")
def exports(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command wrote."""
    assert project.manifest
    output = tmp_path_factory.mktemp("exports")
    command = [
        *(sys.executable, "-m", "scripts.export_semantics", "--output", str(output)),
        *("--target-path", str(project.workspace / "target")),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    return output


@pytest.fixture(scope="module")
def views(exports: Path) -> dict[str, dict[str, Any]]:
    """Each view, as the parser reads it."""
    found = {}
    for path in (exports / "looker" / "views").glob("*.view.lkml"):
        (view,) = lkml.load(path.read_text())["views"]
        found[view["name"]] = view
    return found


@pytest.fixture(scope="module")
def model(exports: Path) -> dict[str, Any]:
    """The model with its explores, as the parser reads it."""
    return lkml.load((exports / "looker" / "segment_stripe.model.lkml").read_text())


@pytest.fixture(scope="module")
def osi(exports: Path) -> dict[str, Any]:
    """The one semantic model of the OSI document."""
    (found,) = json.loads((exports / "osi_document.json").read_text())["semantic_model"]
    return found


def contract(name: str) -> dict[str, str]:
    """{column: type} of a mart's contract."""
    (path,) = (ROOT / "models" / "marts").rglob(f"{name}.yml")
    (mart,) = yaml.safe_load(path.read_text())["models"]
    return {column["name"]: column["data_type"] for column in mart["columns"]}


def fields(view: dict[str, Any]) -> Iterator[str]:
    """The fields of a view, as dashboards name them."""
    for field in [*view["dimensions"], *view["measures"]]:
        yield field["name"]
    for group in view.get("dimension_groups", []):
        for frame in group["timeframes"]:
            yield f"{group['name']}_{frame}"


def test_a_view_shows_every_column_of_its_contract_and_no_other(
    views: dict[str, dict],
) -> None:
    assert len(views) > 40
    for name, view in views.items():
        groups = view.get("dimension_groups", [])
        shown = [*view["dimensions"], *groups, *view["measures"]]
        read = {c for field in shown for c in COLUMN.findall(field.get("sql", ""))}
        # Rates are taken again from what they are made of.
        read |= {measure["name"] for measure in view["measures"]} - {"count"}
        # A day that is read has its week and its month.
        days = {one.removesuffix("_date") for one in read if one.endswith("_date")}
        of_days = {f"{day}_{unit}" for day in days for unit in ("week", "month")}
        assert read <= contract(name).keys(), name
        assert contract(name).keys() - read <= of_days, name
        names = list(fields(view))
        assert len(names) == len(set(names)), name


def test_money_has_one_currency_in_every_measure(
    views: dict[str, dict], built_sample: Path
) -> None:
    """Over all rows a sum of money is null where there are several currencies."""
    with duckdb.connect(str(built_sample)) as connection:
        for name, view in views.items():
            types = contract(name)
            if "currency" not in types or name.endswith("_converted"):
                continue
            money = [
                measure["sql"].replace("${TABLE}.", "")
                for measure in view["measures"]
                if types.get(measure["name"]) == "numeric(38,6)"
                and measure["name"].endswith(("amount", "total", "tax", "due"))
                and "days_to" not in measure["name"]
            ]
            columns = ", ".join(["count(distinct currency)", *money])
            relation = f"analytics.{name}"
            found = connection.execute(f"select {columns} from {relation}").fetchone()
            assert found[0] <= 1 or set(found[1:]) <= {None}, name


def test_every_field_is_sql_of_its_table(
    views: dict[str, dict], built_sample: Path
) -> None:
    with duckdb.connect(str(built_sample)) as connection:
        for name, view in views.items():
            groups = view.get("dimension_groups", [])
            of_row = [field["sql"] for field in [*view["dimensions"], *groups]]
            of_all = [m["sql"] for m in view["measures"] if m["type"] != "count"]
            for fields_sql in filter(None, (of_row, of_all)):
                columns = ", ".join(fields_sql).replace("${TABLE}", "t")
                connection.execute(f"select {columns} from analytics.{name} as t")


def test_a_rate_is_that_of_its_mart(views: dict[str, dict], built_sample: Path) -> None:
    """By the mart's own key, what is taken again from sums is what stands there."""
    compared = 0
    with duckdb.connect(str(built_sample)) as connection:
        for name, view in views.items():
            (key,) = (d["sql"] for d in view["dimensions"] if "primary_key" in d)
            for measure in view["measures"]:
                if "nullif" in measure.get("sql", ""):
                    column = measure["name"]
                    sql = f"""
                        select count(*) from (
                            select {measure["sql"]} as again, max({column}) as stands
                            from analytics.{name} as t
                            group by {key}
                        )
                        where again is distinct from stands
                            and coalesce(abs(again - stands) > 0.000001, true)
                    """.replace("${TABLE}", "t")
                    assert connection.execute(sql).fetchone() == (0,), (name, column)
                    compared += 1
    assert compared > 6


def test_an_explore_joins_one_row(model: dict, views: dict[str, dict]) -> None:
    assert {explore["name"] for explore in model["explores"]} == views.keys()
    joins = [join for e in model["explores"] for join in e.get("joins", [])]
    assert len(joins) > 20
    for join in joins:
        assert join["relationship"] == "many_to_one"
        (key,) = (d for d in views[join["name"]]["dimensions"] if "primary_key" in d)
        asked = set(re.findall(rf"\$\{{{join['name']}\.(\w+)\}}", join["sql_on"]))
        assert asked == set(COLUMN.findall(key["sql"]))
        # Of a joined table no measure: it would count a row several times.
        assert join["fields"] == [f"{join['name']}.of_row*"]
        (shown,) = views[join["name"]]["sets"]
        assert not set(shown["fields"]) & {
            measure["name"] for measure in views[join["name"]]["measures"]
        }


def test_the_dashboards_have_every_tile_of_the_block(
    exports: Path, views: dict[str, dict], model: dict
) -> None:
    joined = {
        explore["name"]: {join["name"] for join in explore.get("joins", [])}
        for explore in model["explores"]
    }
    for name in BLOCK:
        path = exports / "looker" / "dashboards" / f"{name}.dashboard.lookml"
        (dashboard,) = yaml.safe_load(path.read_text())
        titles = [element["title"] for element in dashboard["elements"]]
        wanted = [tile["tile"] for of, _, tile in tiles() if of == name]
        assert len(wanted) >= 5
        assert set(wanted) <= set(titles)
        for element in dashboard["elements"]:
            explored = element["explore"]
            listened = element["listen"].values()
            for field in [*element["fields"], *listened, *element.get("filters", {})]:
                view, _, column = field.partition(".")
                assert view in {explored} | joined[explored], field
                assert column in fields(views[view]), field
            assert element["listen"]["Currency"].endswith(".currency")


def test_dbt_reads_the_osi_document(exports: Path, osi: dict) -> None:
    text = (exports / "osi_document.json").read_text()
    read = OSIToMSIConverter().convert(OSIDocument.parse_raw(text)).output
    assert {model.name for model in read.semantic_models} == {
        dataset["name"] for dataset in osi["datasets"]
    }


def test_the_osi_document_says_what_the_schema_asks_for(
    exports: Path, osi: dict
) -> None:
    document = json.loads((exports / "osi_document.json").read_text())
    assert document.keys() == {"version", "dialects", "semantic_model"}
    assert document["version"] == "0.1.1"
    assert osi.keys() == {"name", "ai_context", *OSI_PARTS} - {"fields"}
    fields = [field for one in osi["datasets"] for field in one.get("fields", [])]
    for part, (must, may) in OSI_PARTS.items():
        for described in {**osi, "fields": fields}[part]:
            assert must <= described.keys() <= must | may, described["name"]
            for name, said in described.items():
                listed = name.endswith(("_columns", "_key"))
                kind = list if listed else str
                if name not in ("expression", "fields", "dimension"):
                    assert isinstance(said, kind) and said, described["name"]
            for dialect in described.get("expression", {}).get("dialects", []):
                assert dialect.keys() == {"dialect", "expression"}


def test_every_relationship_leads_to_a_key(osi: dict) -> None:
    keys = {d["name"]: d.get("primary_key") for d in osi["datasets"]}
    assert len(osi["relationships"]) > 30
    for relationship in osi["relationships"]:
        assert relationship["to_columns"] == keys[relationship["to"]]
        assert len(relationship["from_columns"]) == len(relationship["to_columns"])
        for column in relationship["from_columns"] + relationship["to_columns"]:
            assert re.fullmatch(r"\w+", column), relationship["name"]


def test_expressions_are_sql(osi: dict) -> None:
    of_fields = [f for dataset in osi["datasets"] for f in dataset.get("fields") or []]
    for described in [*of_fields, *osi["metrics"]]:
        for dialect in described["expression"]["dialects"]:
            sqlglot.parse_one(f"select {dialect['expression']}")
