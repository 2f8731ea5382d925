"""The recipes of docs/extending.md, followed together in a copy of examples/consumer:
what they print goes into files, one build selects what their builds select, and their
questions are asked of what it built."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from harness.consumer import PAGE, Consumer, consumer_in
from harness.project import ROOT

from semantic_layer.compiler import Query

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("package")]
RECIPE = re.compile(r"^## (.*)\n((?:(?!## ).*\n)*)", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"\b(?:[Ii]n|Create)\s+`(\S+\.\w+)`")
SETTINGS = "dbt_project.yml"
# What the recipes take for granted: a table of advertising, one that is unknown to us.
TABLES = """
    create schema marketing;
    create table marketing.spend as select date '2026-09-01' as date,
        'ads' as channel, 'usd' as currency, 12.5 as spend;
    create table stripe.payouts as select unnest(['po_1', 'po_1', 'po_2']) as id,
        100 as amount, 'USD' as currency, 'paid' as status, true as livemode,
        timestamp '2026-09-01' as created,
        unnest([timestamp '2026-09-01', timestamp '2026-09-02', null]) as received_at;
"""


@dataclass
class Recipe:
    """What one recipe prints: files with their texts, and commands."""

    files: list[tuple[str, str]] = field(default_factory=list)
    commands: list[list[str]] = field(default_factory=list)


def read(text: str) -> dict[str, Recipe]:
    """The recipes of the page by their headings."""
    found = {}
    for heading, body in RECIPE.findall(text):
        recipe = found[heading] = Recipe()
        for block in BLOCK.finditer(body):
            language, content = block.groups()
            if language == "sh":
                lines = content.replace("\\\n", " ").splitlines()
                recipe.commands += [shlex.split(line) for line in lines]
            else:
                before = body[: block.start()].rstrip().split("\n\n")[-1]
                (path,) = FILE.findall(before)
                recipe.files.append((path, content))
    return found


RECIPES = read(PAGE.read_text())


def merged(one: Any, other: Any) -> Any:
    """YAML with what a recipe adds to it."""
    if isinstance(one, dict) and isinstance(other, dict):
        both = {name: merged(one[name], other[name]) for name in one.keys() & other}
        return one | other | both
    if isinstance(one, list) and isinstance(other, list):
        return one + [entry for entry in other if entry not in one]
    return other


def follow(name: str, text: str, folder: Path) -> None:
    """Put what a recipe prints into its file."""
    path = folder / name
    if name == SETTINGS:
        settings = yaml.safe_load(path.read_text())
        text = yaml.safe_dump(merged(settings, yaml.safe_load(text)))
    else:
        assert not path.exists(), path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@dataclass
class Followed:
    """The example in which every recipe was followed, and what it built."""

    example: Consumer
    log: str
    answers: dict[str, dict[tuple, Any]]

    def rows(self, sql: str) -> list[tuple]:
        return self.example.rows(sql)


@pytest.fixture(scope="module")
def followed(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Followed:
    example = consumer_in(tmp_path_factory.mktemp("followed"), sample)
    with duckdb.connect(str(example.database)) as connection:
        connection.execute(TABLES)
    files = [file for recipe in RECIPES.values() for file in recipe.files]
    commands = [c for recipe in RECIPES.values() for c in recipe.commands]
    # The folder that is written is read by files, so it must be there before them.
    for name, text in files:
        if name == SETTINGS:
            follow(name, text, example.folder)
    # The last recipes first: metrics of what is off would be in the way of dbt.
    for command in reversed(commands):
        if command[0] == "python":
            run = example.run(sys.executable, *command[1:])
            assert run.returncode == 0, run.stdout + run.stderr
    for name, text in files:
        if name != SETTINGS:
            follow(name, text, example.folder)
    builds = [c[2:] for c in commands if c[:2] == ["dbt", "build"]]
    selected = {name for options in builds for name in options[1:]}
    # "dbt build" alone builds what is own.
    run = example.build("--select", *sorted(selected), "+path:models/own")
    assert run.returncode == 0, run.stdout
    compiler = example.compiler
    answers: dict[str, dict[tuple, Any]] = {}
    for command in commands:
        if command[:2] == ["mf", "query"]:
            words = command[2:]
            said = dict(zip(words[::2], words[1::2], strict=True))
            groups = said["--group-by"].split(",")
            rows = example.rows(compiler.sql(Query([said["--metrics"]], groups)))
            answers[" ".join(words[1:])] = {tuple(row[:-1]): row[-1] for row in rows}
    return Followed(example, run.stdout, answers)


def own_column(all_of: Followed) -> None:
    rates = all_of.answers["charge_success_rate --group-by charge__plan_tier"]
    assert {*rates} == {("gold",), ("silver",), (None,)}
    assert all(0 < rate < 1 for rate in rates.values())


def pattern(all_of: Followed) -> None:
    group = "customer__metadata_region_code,currency"
    sums = all_of.answers[f"gross_charges --group-by {group}"]
    assert {region for _, region in sums} | {region for region, _ in sums} > {"eu"}


def own_table(all_of: Followed) -> None:
    sums = all_of.answers["gross_charges --group-by customer__account_tier,currency"]
    assert {"gold", "silver", None} < {value for group in sums for value in group}
    facts = all_of.rows(
        "select currency, sum(gross_amount) from acme_stripe.fct_charges "
        "where is_gross group by 1"
    )
    for currency, amount in facts:
        parts = [value for group, value in sums.items() if currency in group]
        assert sum(parts) == amount


def many_rows(all_of: Followed) -> None:
    by_topic = all_of.answers["tickets_count --group-by tickets__topic"]
    assert by_topic == {("billing",): 3, ("other",): 2}
    by_tier = all_of.answers["tickets_count --group-by customer__account_tier"]
    assert by_tier == {("gold",): 4, (None,): 1}


def own_metric(all_of: Followed) -> None:
    shares = all_of.answers["gold_charge_share --group-by metric_time__month"]
    assert len(shares) > 5
    assert all(share is None or 0 <= share <= 1 for share in shares.values())
    assert any(shares.values())


def own_mart(all_of: Followed) -> None:
    counted = all_of.rows(
        "select plan_tier, sum(gross_charge_count) from acme.charges_by_tier group by 1"
    )
    assert {tier for tier, _ in counted} == {"gold", "silver", None}
    facts = all_of.rows("select count(*) from acme_stripe.fct_charges where is_gross")
    assert sum(count for _, count in counted) == facts[0][0]


def own_test(all_of: Followed) -> None:
    assert re.search(r" PASS assert_gold_customers_are_charged ", all_of.log)
    assert re.search(r" PASS assert_currencies_are_known ", all_of.log)
    manifest = json.loads(
        (all_of.example.folder / "target" / "manifest.json").read_text()
    )
    ours = manifest["nodes"]["test.segment_stripe.assert_currencies_are_known"]
    assert ours["config"]["severity"] == "warn"


def own_macro(all_of: Followed) -> None:
    (found,) = all_of.rows(
        "select count(*), sum(mrr_amount), sum(predicted_lifetime_value_amount) "
        "from acme_stripe.customer_lifetime_value where mrr_amount > 0"
    )
    count, mrr, predicted = found
    assert count > 10
    assert predicted == mrr * 24


def own_channels(all_of: Followed) -> None:
    counts = all_of.answers[
        "converted_customer_count --group-by customer_currency__first_touch_channel"
    ]
    assert {("partners",), ("ads",)} < {*counts}
    channels = ("partners", "ads", "other_campaign", "referral", "direct", "untracked")
    assert {*counts} <= {(channel,) for channel in channels}


def advertising(all_of: Followed) -> None:
    assert all_of.rows(
        "select sum(spend_amount) from acme_stripe.acquisition_cost "
        "where channel = 'ads'"
    ) == [(12.5,)]


def funnel_step(all_of: Followed) -> None:
    people = all_of.answers["people_at_step --group-by acquisition_step__step"]
    steps = ("visit", "sign_up", "invited_teammate", "first_payment")
    assert {*people} == {(step,) for step in steps}
    assert all(people.values())


def no_disputes(all_of: Followed) -> None:
    assert not all_of.rows(
        "select table_name from information_schema.tables "
        "where table_name = 'fct_disputes'"
    )
    assert "dispute_count" not in all_of.example.compiler.manifest.metrics


def own_collection(all_of: Followed) -> None:
    found = all_of.rows(
        "select payout_id, currency, amount_minor from acme.stg_stripe__payouts"
    )
    assert sorted(found) == [("po_1", "usd", 100), ("po_2", "usd", 100)]


SEEN: dict[str, Callable[[Followed], None]] = {
    "An own column in every metric": own_column,
    "All columns of a pattern": pattern,
    "An own table, joined to every metric": own_table,
    "Many rows for a customer, counted": many_rows,
    "A metric of your own": own_metric,
    "A mart of your own": own_mart,
    "A test of your own, and one of ours that only warns": own_test,
    "A macro of yours in the place of ours": own_macro,
    "Channels by your own rules": own_channels,
    "What advertising costs": advertising,
    "An event as a step of the funnel": funnel_step,
    "A domain switched off": no_disputes,
    "Your own collections": own_collection,
}


def test_each_recipe_has_what_it_says_is_seen() -> None:
    assert list(RECIPES) == list(SEEN)
    blocks = PAGE.read_text().count("```") // 2
    assert blocks == len(BLOCK.findall(PAGE.read_text()))
    commands = [c[0] for recipe in RECIPES.values() for c in recipe.commands]
    assert {*commands} == {"python", "dbt", "mf"}


def test_the_example_has_own_columns_and_objects_as_they_are_printed() -> None:
    settings = yaml.safe_load((ROOT / "examples" / "consumer" / SETTINGS).read_text())
    for heading in list(RECIPES)[:4]:
        ((name, text),) = RECIPES[heading].files
        assert name == SETTINGS
        assert merged(settings, yaml.safe_load(text)) == settings, heading


@pytest.mark.parametrize("heading", SEEN)
def test_one_sees(heading: str, followed: Followed) -> None:
    SEEN[heading](followed)
