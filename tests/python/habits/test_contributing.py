"""The steps of CONTRIBUTING.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest
from faults.anchors import replaced
from faults.records import ModelFault
from harness.case_groups import answers_differ, schema_of, sources
from harness.cases import Case, load_case, read_case
from harness.compare import read_mart
from harness.project import DATABASE_NAME, ROOT, Project
from harness.project_copy import copied_project, copy_project
from harness.schema import collections
from metrics.conftest import duckdb_layer
from metrics.equality import Comparison

from habits.yaml_schema import faults

pytestmark = pytest.mark.xdist_group("contributing")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
STEP = re.compile(
    r"(?P<verb>Create|Add to the end of|In)\s+`(?P<path>[^`]+)`"
    r"(,\s+(?P<side>before|after)\s+the\s+line\s+`(?P<line>[^`]+)`,\s+add)?:\n\n"
    r"(?P<block> *```\w+\n.*?\n *```)\n",
    re.DOTALL,
)
COMMANDS = re.compile(r" *```sh\n(.*?)\n *```", re.DOTALL)
RECIPE = re.compile(r"^## (.*)\n((?:(?!## ).*\n)*)", re.MULTILINE)
MOST_FILES_OF_A_FIGURE = 8
# Draws the navigation and pages of the project in the current folder, as JSON.
DRAW = """
import sys
from pathlib import Path
from dash._utils import to_json
from dashboards.address import read_state
from dashboards.app import PAGES
from dashboards.shell import navigation
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish

built, serving, *addresses = sys.argv[1:]
publish(Path(built), Path(serving))
pages = {page.path: page for page in PAGES}
print(to_json(navigation(PAGES)))
for address in addresses:
    path, _, search = address.partition("?")
    print(to_json(pages[path].layout(DuckdbCopy(Path(serving)), read_state(search))))
"""


@dataclass
class Step:
    """One file that the text says to create, to add to, or to add to beside a line."""

    verb: str
    path: str
    text: str
    side: str | None
    line: str | None

    def follow(self, folder: Path) -> None:
        path = folder / self.path
        assert path.exists() != (self.verb == "Create"), path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text().splitlines(keepends=True) if path.exists() else []
        place = len(before)
        if self.line:
            stripped = [line.strip() for line in before]
            assert stripped.count(self.line) == 1, f"{path}: {self.line}"
            place = stripped.index(self.line) + (self.side == "after")
        path.write_text("".join([*before[:place], self.text, *before[place:]]))


def steps(text: str) -> list[Step]:
    return [
        Step(
            *(found["verb"], found["path"], block_text(found["block"])),
            *(found["side"], found["line"]),
        )
        for found in STEP.finditer(text)
    ]


def steps_of(recipe: str) -> list[Step]:
    """The steps under one heading."""
    return steps(dict(RECIPE.findall(CONTRIBUTING))[recipe])


def block_text(block: str) -> str:
    lines = textwrap.dedent(block).splitlines()
    return "\n".join(lines[1:-1]) + "\n"


@dataclass
class Contributed:
    """A copy of the project in which every step was followed, and what it built."""

    folder: Path
    project: Project
    cases: list[Case]
    differences: dict[str, list[str]]

    @property
    def database(self) -> Path:
        return self.folder / DATABASE_NAME

    @property
    def variables(self) -> dict:
        return self.cases[0].variables | {"stripe_sources": sources(self.cases)}

    def python(self, *arguments: str) -> str:
        """What Python says in the copy, to which its modules belong."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def closed_copy(self) -> Path:
        """The built file under another name, for dbt keeps its own open."""
        with duckdb.connect(str(self.database)) as connection:
            connection.execute("checkpoint")
        return Path(copyfile(self.database, self.folder / "built.duckdb"))


@pytest.fixture(scope="module")
def contributed(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Contributed]:
    """The accounts of the recipes, built together by the copy."""
    folder = tmp_path_factory.mktemp("contributed")
    copy_project(folder)
    followed = steps(CONTRIBUTING)
    for step in followed:
        step.follow(folder)
    written = [folder / step.path for step in followed if "/fixtures/" in step.path]
    cases = [read_case(path) for path in written]
    with pytest.MonkeyPatch.context() as patch:
        copied = copied_project(project, folder, patch)
        delivered = folder / "tests/python/harness/segment_stripe_schema.csv"
        patch.setattr("harness.schema.REFERENCE", delivered)
        collections.cache_clear()
        database = folder / DATABASE_NAME
        for case in cases:
            load_case(case, database, as_schema=schema_of(case))
        build = partial(copied.run, database=database)
        differ = answers_differ(cases, build, partial(read_mart, database))
        yield Contributed(folder, copied, cases, differ)
    collections.cache_clear()


def test_every_code_block_is_followed() -> None:
    blocks = CONTRIBUTING.count("```") // 2
    assert len(steps(CONTRIBUTING)) == blocks - len(COMMANDS.findall(CONTRIBUTING))


def test_the_accounts_of_the_recipes_get_their_answers(
    contributed: Contributed,
) -> None:
    assert {case.name for case in contributed.cases} == {
        *("payouts", "retryable_charges", "risk_levels")
    }
    assert contributed.differences == {}
    by_reference = contributed.python(
        *("-m", "pytest", "-q", "tests/python/reference/test_fixtures.py"),
        *("-k", " or ".join(case.name for case in contributed.cases)),
    )
    assert "4 passed" in by_reference, by_reference


def test_their_yaml_has_keys_that_dbt_knows(contributed: Contributed) -> None:
    paths = {step.path for step in steps(CONTRIBUTING) if step.path.endswith(".yml")}
    read = [path for path in sorted(paths) if path.startswith(("models", "tests/dbt"))]
    assert len(read) > 6
    for path in read:
        assert faults(contributed.folder / path, contributed.folder) == []


def test_their_python_is_clean(contributed: Contributed) -> None:
    paths = {step.path for step in steps(CONTRIBUTING) if step.path.endswith(".py")}
    assert len(paths) > 6
    for command in (["check"], ["format", "--check"]):
        contributed.python("-m", "ruff", *command, *sorted(paths))


def test_a_figure_takes_few_files_and_shows_everywhere(
    contributed: Contributed,
) -> None:
    files = {step.path for step in steps_of("Add a figure")}
    assert len(files) <= MOST_FILES_OF_A_FIGURE
    name, database = "retryable_charge_count", contributed.closed_copy()
    months = read_mart(database, "executive_summary_monthly")
    assert {m[f"{name}_change"] for m in months if m[f"previous_{name}"]} == {-0.5}
    comparison = Comparison(
        duckdb_layer(contributed.project, database), date(2026, 3, 31)
    )
    by_month = comparison.answer(name, ["metric_time__month", "currency"])
    assert by_month[date(2026, 2, 1), "usd"] == 2
    assert comparison.differences(name) == []


def test_pages_show_the_figure_and_the_payouts(contributed: Contributed) -> None:
    rest = ["run", "--select", "+mrr_monthly", "+receivables_monthly"]
    built = rest, contributed.database, contributed.variables
    assert contributed.project.run(*built).success
    built, serving = contributed.closed_copy(), contributed.folder / "serving.duckdb"
    summary, month = "/?account=retryable_charges&currency=usd", "days=2026-03-01"
    drawn = contributed.python(
        *("-c", DRAW, str(built), str(serving)),
        *(f"{summary}&{month},2026-03-31", "/payouts?currency=usd"),
    )
    navigation, tiles, payouts = (
        json.dumps(json.loads(part), sort_keys=True) for part in drawn.splitlines()
    )
    assert '"href": "/payouts"' in navigation
    # Dash writes the properties of a component in any order.
    shown = re.findall(r'"data-exact": "([^"]*)".*?"data-tile": "(\w+)"', tiles)
    assert ("1", "retryable_charge_count") in shown
    assert "worth another try, for their reason may pass" in tiles
    assert '"payout_amount": 25.5' in payouts


def test_the_fault_turns_the_test_red(contributed: Contributed) -> None:
    (entry,) = (s for s in steps_of("Add a test") if s.path.endswith("_faults.py"))
    (fault,) = eval(f"[{entry.text}]", {"ModelFault": ModelFault})
    model = contributed.project.manifest.nodes[f"model.segment_stripe.{fault.model}"]
    whole = model.raw_code
    select = f"{fault.model} executive_summary_daily {fault.caught_by[0]}"
    command = ["build", "--select", select, "--indirect-selection", "empty"]
    arguments = command, contributed.database, contributed.variables
    assert contributed.project.run(*arguments).success
    model.raw_code = replaced(whole, fault.old, fault.new)
    try:
        assert contributed.project.run(*arguments).broken == [*fault.caught_by]
    finally:
        model.raw_code = whole


def test_its_commands_name_what_exists(contributed: Contributed) -> None:
    words = [word for line in COMMANDS.findall(CONTRIBUTING) for word in line.split()]
    words += re.findall(
        r"[^\s`]+", " ".join(re.findall(r"^\| `.*", CONTRIBUTING, re.M))
    )
    paths = [word for word in words if word.startswith(("tests/", "scripts/"))]
    assert len(paths) >= 4
    assert [path for path in paths if not (contributed.folder / path).exists()] == []
    account = words[words.index("-k") + 1]
    assert (contributed.folder / "tests/python/fixtures" / f"{account}.yml").exists()
