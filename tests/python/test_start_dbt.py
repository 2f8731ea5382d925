"""The shortcuts of environment/start_dbt.py change no answer, and are taken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import ChainMap
from datetime import datetime
from decimal import Decimal
from logging import getLogger
from pathlib import Path
from shutil import copy
from types import SimpleNamespace

import duckdb
import jinja2
import pytest
from dbt.clients import jinja
from dbt.contracts.graph import nodes, unparsed
from dbt_common.clients.jinja import get_environment, get_template, render_template
from dbt_common.clients.system import write_json
from dbt_common.dataclass_schema import dbtClassMixin
from dbt_common.utils.encoding import JSONEncoder
from harness.project import ROOT
from mashumaro.jsonschema import build_json_schema, schema

from environment import start_dbt

CONTRACTS = sorted(
    {
        found
        for module in (nodes, unparsed)
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, dbtClassMixin)
        and found.__module__ == module.__name__
    },
    key=lambda found: found.__name__,
)
CONNECTED = """
import sys
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.environments import Environment
from dbt.adapters.exceptions import FailedToConnectError
try:
    Environment.initialize_db(DuckDBCredentials(schema="analytics", path=sys.argv[1]))
except FailedToConnectError as error:
    print(error)
"""
MODEL = """
models:
  - name: days
    time_spine: {standard_granularity_column: date_day}
    semantic_model: {enabled: true}
    agg_time_dimension: date_day
    columns:
      - name: date_day
        granularity: day
        dimension: {type: time}
        entity: {type: primary, name: one_day}
    metrics:
      - {name: day_count, type: simple, agg: count, expr: date_day, fill_nulls_with: 0}
"""
STARTED = f"import gc; print(gc.get_threshold() == {start_dbt.COLLECT_AFTER})"
LEFT_TO_THE_END = """
class Left:
    def __del__(self):
        print("searched for")
left = Left()
left.itself = left
del left
"""


def shortcut_behind(function):
    """The function of the library that a shortcut stands before."""
    return dict(
        zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    )["plain"].cell_contents


def schemas() -> dict[str, dict]:
    return {found.__name__: build_json_schema(found).to_dict() for found in CONTRACTS}


def test_the_schemas_of_dbt_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    start_dbt.save_time()
    quick = schemas()
    monkeypatch.setattr(schema, "_default", shortcut_behind(schema._default))
    assert "default" in str(quick["ModelNode"]) and len(quick) > 40
    assert schemas() == quick


def test_a_template_is_compiled_once_for_each_kind_of_environment() -> None:
    start_dbt.save_time()
    text = "{{ [1, 2] if only else 'all' }}"
    for native, expected in ((False, "[1, 2]"), (True, [1, 2])):
        first, second = (get_environment(native=native) for _ in range(2))
        assert first is not second
        assert first.compile(text) is second.compile(text)
        template = first.from_string(text)
        assert template.render({"only": True}) == expected
        assert template.render({"only": False}) == "all"
    assert get_environment().compile(text) is not first.compile(text)
    assert first.compile(text, "named") is not first.compile(text, "named")


@pytest.mark.parametrize(
    "text",
    [
        *("", " a b ", "1", "1.0", "[1, 2]", "None", "true", "'a'", '"a"', "# a"),
        *("a\n", "\n", "a\r\nb", "a\rb", "-- a", "%s", "{a: b}", "\\n", "a\u2028b"),
    ],
)
def test_text_without_jinja_is_what_dbt_makes_of_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_dbt.save_time()
    quick = jinja.get_rendered(text, {}, native=True)
    monkeypatch.setattr(jinja, "_render_cache", {})
    plain = jinja.get_rendered(text, {}, native=True)
    assert (quick, type(quick)) == (plain, type(plain))


class Lazy(dict):
    """dbt's context: a macro is made each time that it is looked up."""

    def __getitem__(self, name: str):
        assert name != "macro", "all of the context is copied"
        return super().__getitem__(name)


def test_the_context_of_dbt_is_not_copied() -> None:
    start_dbt.save_time()
    context = ChainMap(Lazy(name="a", count=2, macro="dear"))
    text = "{% set name = 'b' %}{{ [name, count] + range(count) | list }}"
    template = get_template(text, context, native=True)
    assert render_template(template, context) == ["b", 2, 0, 1]
    assert context["name"] == "a"


@pytest.mark.parametrize(("level", "count"), [("info", 1), ("debug", 2)])
def test_a_log_leaves_out_what_it_never_writes(level: str, count: int) -> None:
    start_dbt.save_time()
    log = getLogger(f"dbt_{level}")
    log.setLevel(level.upper())
    written = []
    write_line = start_dbt.if_it_is_wanted(lambda self, msg: written.append(msg))
    for said in ("info", "debug"):
        message = SimpleNamespace(info=SimpleNamespace(level=said))
        write_line(SimpleNamespace(_python_logger=log), message)
    assert len(written) == count


def test_an_artifact_is_the_same_text_in_one_piece(tmp_path: Path) -> None:
    start_dbt.save_time()
    shared = {"a": [1, None]}
    data = {
        "text": 'é "quoted" \u2028\n',
        "numbers": [1, 1.0, 1e30, 10**20, True, float("nan")],
        "empty": [{}, [], ""],
        "keys": {1: "int", None: "none", 1.5: "float"},
        "own": [Decimal("1.50"), datetime(2024, 2, 29, 12), jinja2.Undefined()],
        "again": [shared, shared],
    }
    write_json(str(tmp_path / "quick.json"), data)
    plain = shortcut_behind(JSONEncoder.iterencode)(JSONEncoder(), data)
    quick = list(JSONEncoder().iterencode(data))
    assert (tmp_path / "quick.json").read_text() == "".join(plain)
    assert len(quick) == 1


def test_a_library_that_looks_different_is_left_alone() -> None:
    def other(value, more):
        return value

    library = SimpleNamespace(other=other)
    start_dbt.replace(library, "other", ["value"], start_dbt.compiled_once)
    start_dbt.replace(library, "absent", ["value"], start_dbt.compiled_once)
    assert vars(library) == {"other": other}
    start_dbt.replace(library, "other", ["value", "more"], start_dbt.compiled_once)
    assert library.other is not other


@pytest.mark.parametrize(
    ("program", "plain", "taken"),
    [
        *(("bin/dbt", "", True), ("bin/sqlfluff", "", True), ("-c", "", True)),
        *(("bin/dbt", "1", False), ("-c", "1", False), ("bin/pytest", "", False)),
    ],
)
def test_dbt_and_sqlfluff_of_the_environment_take_them(
    tmp_path: Path, program: str, plain: str, taken: bool
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / program).write_text(STARTED)
    what = [STARTED] if program == "-c" else []
    done = subprocess.run(
        [sys.executable, program, *what],
        cwd=tmp_path,
        env=os.environ | {"SEGMENT_STRIPE_PLAIN_DBT": plain},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == (f"{taken}\n", "")


@pytest.mark.parametrize(
    ("program", "plain", "said"),
    [
        *(("bin/dbt", "", ""), ("bin/sqlfluff", "", "")),
        *(("bin/dbt", "1", "searched for\n"), ("bin/pytest", "", "searched for\n")),
    ],
)
def test_nothing_is_searched_for_when_dbt_ends(
    tmp_path: Path, program: str, plain: str, said: str
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / program).write_text(LEFT_TO_THE_END)
    done = subprocess.run(
        [sys.executable, program],
        cwd=tmp_path,
        env=os.environ | {"SEGMENT_STRIPE_PLAIN_DBT": plain},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == (said, "")


@pytest.mark.parametrize(("plain", "filled"), [("", 0), ("1", None)])
def test_a_metric_keeps_what_it_is_without_data(
    tmp_path: Path, plain: str, filled: int | None
) -> None:
    """Plain dbt drops it; where that ends, so does keep_zeros."""
    (tmp_path / "dbt_project.yml").write_text("{name: sums, profile: segment_stripe}")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "days.sql").write_text("select current_date as date_day")
    (tmp_path / "models" / "days.yml").write_text(MODEL)
    copy(ROOT / "profiles.example.yml", tmp_path / "profiles.yml")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), "--quiet", "parse"],
        cwd=tmp_path,
        env=os.environ | {"SEGMENT_STRIPE_PLAIN_DBT": plain},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    written = json.loads((tmp_path / "target" / "semantic_manifest.json").read_text())
    (metric,) = written["metrics"]
    assert metric["type_params"]["fill_nulls_with"] == filled


def test_a_locked_warehouse_is_one_sentence_of_dbt(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    (tmp_path / "dbt").write_text(CONNECTED)
    with duckdb.connect(str(warehouse)):
        done = subprocess.run(
            [sys.executable, str(tmp_path / "dbt"), str(warehouse)],
            capture_output=True,
            text=True,
        )
    assert f"{warehouse} is open in another program (process {os.getpid()}): wait" in (
        done.stdout
    )
    assert done.stderr == ""
