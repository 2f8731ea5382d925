"""The example with domains switched off builds, its own columns and objects with it,
and all metrics that are left answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.consumer import OWN_COLUMNS, VARIABLES, Consumer, consumer_in
from harness.postgres import execute
from harness.project import DOMAINS, Project

from semantic_layer.compiler import Query

pytestmark = pytest.mark.xdist_group("package")
OFF = [[], *([domain] for domain in DOMAINS), DOMAINS]
# Each is of a domain, or stays with all of them off.
KEYS = ("balance_transaction", "dispute", "invoice", "payment", "subscription")
COLLECTIONS = (
    *("balance_transactions", "disputes", "invoice_lines", "invoices"),
    *("subscriptions", "users"),
)
TICKETS = {
    **{"model": "tickets", "key_column": "topic", "rows": "many", "time": "opened_on"},
    "columns": [{"name": "opened_on", "type": "date"}],
}
ACCOUNTS = {"model": "accounts", "key_column": "stripe_customer_id", "rows": "one"}
OWN = {
    "passthrough_columns": {name: ["metadata_own"] for name in COLLECTIONS},
    "own_objects": {
        **{f"{key}_tickets": {**TICKETS, "key": key} for key in KEYS},
        **{
            f"{key}_accounts": {
                **{**ACCOUNTS, "key": key},
                "columns": [{"name": "plan_tier", "alias": f"{key}_tier"}],
            }
            for key in KEYS
        },
    },
}
WRITTEN = {
    "own_tables",
    *(f"own_{name}" for name in COLLECTIONS if name != "users"),
    *(f"own_{name}" for name in OWN["own_objects"]),
}


@pytest.fixture
def bare(sample: Path, tmp_path: Path) -> Consumer:
    """The example over the sample account, without anything built or written."""
    return consumer_in(tmp_path / "consumer", sample)


@pytest.fixture
def on_postgres(bare: Consumer, postgres: Project) -> Iterator[Consumer]:
    assert postgres.target == "postgres"
    execute(OWN_COLUMNS)
    yield Consumer(bare.folder, "postgres")
    execute(
        "drop schema acme cascade; drop schema acme_stripe cascade; "
        "drop schema acme_stripe_staging cascade; "
        "drop schema acme_stripe_intermediate cascade; "
        "drop schema acme_stripe_reference cascade; "
        "drop schema acme_stripe_snapshots cascade; "
        "alter table stripe.charges drop column metadata_plan_tier; "
        "alter table stripe.customers drop column metadata_region_code"
    )


def assert_builds(example: Consumer, off: list[str], *selection: str) -> None:
    """All that is selected, and every metric that there is."""
    on = [domain for domain in DOMAINS if domain not in off]
    example.write_metrics(on)
    variables = OWN | {"domains": on}
    options = ("--target", example.target, "--vars", json.dumps(VARIABLES | variables))
    own = example.write_own(*options)
    assert own.returncode == 0, own.stderr
    files = (example.folder / "models" / "own").glob("*.sql")
    assert {path.stem for path in files} == WRITTEN
    run = example.build(*selection, variables=variables)
    assert run.returncode == 0, run.stdout
    compiler = example.compiler
    assert len(compiler.manifest.metrics) > (80 if off else 150)
    for metric in compiler.manifest.metrics:
        example.rows(compiler.sql(Query([metric], ["metric_time__month"])))
    # The tickets have a topic and a day, whatever they are said to belong to.
    for key in KEYS:
        sql = compiler.sql(Query([f"{key}_tickets_count"]))
        assert example.rows(sql) == [(6,)]


@pytest.mark.long
def test_all_of_them_off(bare: Consumer) -> None:
    # Which tests there are then, test_domains.py sees.
    assert_builds(bare, DOMAINS, "--exclude-resource-type", "test")


@pytest.mark.long
@pytest.mark.parametrize("off", OFF, ids=" ".join)
def test_with_its_tests(off: list[str], bare: Consumer) -> None:
    assert_builds(bare, off)


@pytest.mark.long
@pytest.mark.parametrize("off", OFF, ids=" ".join)
def test_on_postgresql(off: list[str], on_postgres: Consumer) -> None:
    assert_builds(on_postgres, off)
