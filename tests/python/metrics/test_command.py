"""make metrics: readable answers, and errors in one sentence."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from harness.project import ROOT, Project

from scripts.example_metric_to_dataframe import main as example
from semantic_layer.layer import SemanticLayer
from semantic_layer.table import Table

COMMAND = ROOT / "scripts" / "metrics.py"
Said = tuple[int, str, str]


@pytest.fixture
def ask(
    on_duckdb: SemanticLayer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str], Said]:
    """The command in this process: a line -> exit code, answer, error."""
    monkeypatch.setattr(SemanticLayer, "open", lambda *_: on_duckdb)
    main = runpy.run_path(str(COMMAND))["main"]

    def run(line: str) -> Said:
        code = main(line.split())
        answer = capsys.readouterr()
        return code, answer.out, answer.err

    return run


def test_a_table_shows_money_by_its_currency_and_rates_in_percent(
    ask: Callable[[str], Said],
) -> None:
    code, out, _ = ask(
        "query --metrics gross_charges,gross_charge_count,charge_success_rate "
        "--group-by metric_time__month,currency --from 2026-08-01 --to 2026-08-31"
    )
    assert code == 0
    heading, rule, *rows = out.splitlines()
    assert heading.split()[:3] == ["metric_time__month", "currency", "gross_charges"]
    assert set(rule) == {"-", " "}
    cells = {row.split()[1]: row.split() for row in rows}
    assert {"usd", "jpy", "kwd"} <= set(cells)
    assert {row[0] for row in cells.values()} == {"2026-08-01"}
    places = {code: row[2].partition(".")[2] for code, row in cells.items()}
    assert [len(places[code]) for code in ("usd", "jpy", "kwd")] == [2, 0, 3]
    assert all(row[4].endswith("%") for row in cells.values())
    assert len({len(row) for row in rows}) == 1, "columns are not aligned"


def test_order_limit_and_one_currency(ask: Callable[[str], Said]) -> None:
    _, out, _ = ask(
        "query --metrics gross_charges --group-by metric_time__month --currency JPY "
        "--order-by -metric_time__month --limit 3"
    )
    months = [line.split()[0] for line in out.splitlines()[2:]]
    assert months == ["2026-10-01", "2026-09-01", "2026-08-01"]


def test_csv_is_exact(ask: Callable[[str], Said]) -> None:
    _, out, _ = ask("query --metrics gross_charges --group-by currency --csv")
    heading, *rows = out.splitlines()
    assert heading == "currency,gross_charges"
    assert all(len(row.partition(".")[2]) == 6 for row in rows)


def test_sql_runs_as_it_is(
    ask: Callable[[str], Said], on_duckdb: SemanticLayer
) -> None:
    _, sql, _ = ask("query --metrics net_charges --group-by currency --sql")
    columns, rows = on_duckdb.run(sql)
    assert columns == ["currency", "net_charges"]
    assert len(rows) > 2


def test_the_list_has_every_metric_below_its_domain(
    ask: Callable[[str], Said], on_duckdb: SemanticLayer
) -> None:
    _, out, _ = ask("")
    first_words = {line.split(" ")[0] for line in out.splitlines()}
    assert set(on_duckdb.manifest.metrics) <= first_words
    assert {"payments", "revenue", "lifetime_value"} <= first_words
    _, refunds, _ = ask("list refunds")
    assert "refund_rate" in refunds
    assert "gross_charges" not in refunds


def test_explain_says_what_it_is_and_by_what_to_group(
    ask: Callable[[str], Said], on_duckdb: SemanticLayer
) -> None:
    _, out, _ = ask("explain net_charges")
    assert on_duckdb.manifest.metrics["net_charges"].description in out
    assert "derived of gross_charges, refunds" in out
    assert "executive_summary_monthly.net_charge_amount" in out
    groups = out.partition("Group by: ")[2].splitlines()[0].split(", ")
    assert {"currency", "customer", "metric_time"} <= set(groups)
    assert "SQL by metric_time__month, currency:" in out
    assert on_duckdb.run(out.partition("currency:\n")[2])[1]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("explain net_charge", "There is no metric net_charge; near it: net_charges"),
        ("list payment", "There is no domain payment: there are"),
        (
            "query --metrics net_charges --group-by currency,charge__statu",
            "cannot be grouped by charge__statu; near it: charge__status",
        ),
        (
            "query --metrics refunds --group-by currency --where "
            "{{Dimension('refund__reson')}}='fraudulent'",
            "cannot be filtered by refund__reson; near it: refund__reason",
        ),
        (
            "query --metrics refunds --group-by currency --order-by refund",
            "The answer has no refund to order by",
        ),
        (
            "query --metrics refunds --group-by currency --where banana=1",
            "The warehouse cannot answer that: Binder Error: Referenced column",
        ),
        (
            "query --metrics refunds --group-by currency --where {{Banana('x')}}=1",
            "MetricFlow cannot answer that: Error parsing where filter",
        ),
        (
            "query --metrics refunds_growth --group-by currency",
            "That is a figure of a period: add --group-by metric_time__month.",
        ),
        ("query --metrics refunds --currency dollars", "dollars is no currency"),
    ],
)
def test_an_error_is_one_sentence_that_says_what_to_do(
    line: str, sentence: str, ask: Callable[[str], Said]
) -> None:
    code, out, err = ask(line)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.startswith("error: ")
    assert err.count("\n") == 1


def test_an_answer_without_rows_says_so() -> None:
    empty = Table(["currency", "refunds"], [], {"refunds": "money"}, None, "")
    assert empty.to_text() == "No rows."
    assert empty.to_arrow().num_rows == 0


def test_the_example_pulls_a_metric_into_a_data_frame(
    on_duckdb: SemanticLayer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(SemanticLayer, "open", lambda *_: on_duckdb)
    example()
    out = capsys.readouterr().out
    assert "net_charges: decimal128" in out
    assert "jpy" in out


def test_the_command_reads_profile_manifest_and_warehouse_itself(
    project: Project, sample_copy: Path
) -> None:
    assert project.manifest
    result = subprocess.run(
        [sys.executable, COMMAND, "query", "--metrics=refunds", "--group-by=currency"],
        env=os.environ
        | {
            "DBT_PROFILES_DIR": str(project.workspace),
            "DBT_TARGET_PATH": str(project.workspace / "target"),
            "SEGMENT_STRIPE_DUCKDB": str(sample_copy),
        },
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "usd" in result.stdout


def test_a_missing_warehouse_is_one_sentence(project: Project, tmp_path: Path) -> None:
    assert project.manifest
    result = subprocess.run(
        [sys.executable, COMMAND, "query", "--metrics=refunds", "--group-by=currency"],
        env=os.environ
        | {
            "DBT_PROFILES_DIR": str(project.workspace),
            "DBT_TARGET_PATH": str(project.workspace / "target"),
            "SEGMENT_STRIPE_DUCKDB": str(tmp_path / "nowhere.duckdb"),
        },
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.strip().endswith(
        "nowhere.duckdb does not exist: run make build."
    )
