"""Exchange rates that change, arrive late, or lack a column."""

from __future__ import annotations

import copy
from pathlib import Path

import duckdb
import pytest
from harness.cases import Rows, load_case, load_rows, read_case
from harness.compare import read_mart
from harness.project import Project
from harness.project_copy import copied_project, copy_project
from reference import CONVERTED_KEYS

pytestmark = pytest.mark.long
CASE = read_case(Path(__file__).parent / "fixtures" / "reporting_currency.yml")
MARTS = {*CONVERTED_KEYS, "exchange_rate_coverage"}
BUILD = ["build", "--select", " ".join(f"+{mart}" for mart in MARTS)]
BUILD += ["--exclude", "test_type:unit resource_type:test"]


def test_a_build_of_changes_converts_by_the_rates_of_today(
    project: Project, tmp_path: Path
) -> None:
    """A rate is corrected, one arrives late, and no raw table has a new row."""
    changed = copy.deepcopy(CASE)
    rates = changed.schemas["finance"]["rates"]
    rates[0]["rate"] = "0.8"
    rates.append({"date": "2026-03-11", "currency": "usd", "rate": "0.93"})
    before = built(project, tmp_path / "before", CASE.schemas["finance"]["rates"])
    after = built(project, tmp_path / "after", rates)
    again = built(project, tmp_path / "before", rates)
    moved = {mart for mart in MARTS if before[mart] != after[mart]}
    assert moved >= {"executive_summary_daily_converted", "exchange_rate_coverage"}
    assert {mart for mart in MARTS if again[mart] != after[mart]} == set()


def built(project: Project, folder: Path, rates: Rows) -> dict[str, list]:
    """The marts of the case with these rates, built on what the folder has."""
    database = folder / "warehouse.duckdb"
    if not database.exists():
        load_case(CASE, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("drop table finance.rates")
        load_rows(connection, "finance", "rates", rates, {})
    run = project.run(BUILD, database, CASE.variables | {"incremental": True})
    assert run.success, run.text
    return {mart: sorted(map(str, read_mart(database, mart))) for mart in MARTS}


def test_a_seed_of_rates_without_a_column_is_one_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_project(tmp_path)
    (tmp_path / "seeds" / "exchange_rates.csv").write_text("date,code,rate\n")
    own = {"reporting_currency": "eur", "exchange_rates_relation": "exchange_rates"}
    monkeypatch.setattr("harness.project.OWN_VARIABLES", CASE.variables | own)
    file = tmp_path / "dbt_project.yml"
    text = file.read_text()
    for name, value in own.items():
        text = text.replace(f"{name}: null", f"{name}: {value}")
    file.write_text(text)
    copied = copied_project(project, tmp_path, monkeypatch)
    database = tmp_path / "warehouse.duckdb"
    load_case(CASE, database)
    run = copied.run(
        ["build", "--select", "+int_summaries__exchange_rates_daily"], database
    )
    assert "names 'exchange_rates', which has no column currency: it needs" in run.text
    assert run.names("error") == ["int_summaries__exchange_rates_daily"]
