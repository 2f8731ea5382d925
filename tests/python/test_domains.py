"""Domains that are switched off are gone whole, and what stays says what it said.

Which models there are is settled when dbt parses, so each build is a dbt of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
import yaml
from habits.test_domains import domains_of_models
from harness.project import DATABASE_NAME, DOMAINS, EVENTS, OWN_VARIABLES, ROOT

from dashboards.app import PAGES, pages_of, plain
from dashboards.components.downloads import with_downloads
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish
from sample_account.load import load_duckdb
from scripts.write_package_metrics import written
from semantic_layer.compiler import Compiler, Query
from semantic_layer.manifest import Manifest

pytestmark = pytest.mark.xdist_group("domains")
DBT = Path(sys.executable).parent / "dbt"
PAGE_OF = {
    "subscriptions": "/revenue",
    "receivables": "/invoice",
    "lifetime_value": "/lifetime-value",
}
# A tile on pages that stay.
TILE_OF = {
    "subscriptions": "closing_mrr_amount",
    "balances": "net_volume_amount",
    "disputes": "dispute_amount",
    "receivables": "outstanding_amount",
    "lifetime_value": "lifetime_value_amount",
}
SUMMED = ("_amount", "_count")
# What other marts say of a domain, by column.
OF_DOMAIN = {
    "subscriptions": ["*.mrr_amount", "*.predicted_lifetime_value_amount"],
    "balances": [
        *("*.*net_volume_amount*", "*.fee_amount", "*.settlement_currency"),
        *("fct_disputes.withdrawn_amount", "fct_disputes.reinstated_amount"),
        *("fct_disputes.dispute_fee_amount", "*.*lifetime_value_amount"),
        *("lifetime_value_cohorts.*net_amount*", "*.lifetime_value_to_cost_ratio"),
        # Currencies that a customer has money in, but no charge, are of no row.
        *("*.payback_months", "company_lifetime_value.*_count"),
    ],
    "disputes": ["*.*dispute*"],
    "receivables": [
        *("*.*unpaid_invoice_*", "*.*past_due*", "customer_lookup.invoice_count"),
        *("customer_lookup.outstanding_amount", "customer_lookup.bad_debt_amount"),
    ],
    "lifetime_value": [
        *("customer_lookup.user_id", "customer_lookup.*lifetime_value_amount"),
        *("customer_lookup.first_touch_*", "customer_lookup.last_touch_*"),
    ],
}
# What reconciles marts that stay.
ALWAYS = (
    *("assert_charge_amounts_hold_together", "assert_customer_lookup_equals_facts"),
    *("assert_daily_activity_equals_facts", "assert_daily_equals_customers"),
)
# Own columns of what is off are left alone.
OWN = {"passthrough_columns": {name: ["own"] for name in ("users", "disputes")}}


@dataclass
class Build:
    """The sample account, built with some domains off."""

    folder: Path
    off: list[str]

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "target" / "manifest.json").read_text())

    @property
    def metrics(self) -> Manifest:
        return Manifest.read(self.folder / "target" / "semantic_manifest.json")


def dbt(
    folder: Path, off: list[str], target: str = "duckdb", left_out: Sequence[str] = ()
) -> None:
    """Build everything there is, tests and unit tests too, less what is left out."""
    on = [domain for domain in DOMAINS if domain not in off]
    (folder / "profiles.yml").write_text((ROOT / "profiles.example.yml").read_text())
    environment = {**os.environ, "SEGMENT_STRIPE_DUCKDB": str(folder / DATABASE_NAME)}
    run = subprocess.run(
        [
            *(DBT, "--no-use-colors", "build", "--no-partial-parse"),
            *(f"--exclude-resource-type={kind}" for kind in left_out),
            *("--target", target, "--project-dir", ROOT, "--profiles-dir", folder),
            *("--target-path", folder / "target", "--log-path", folder),
            *("--vars", json.dumps(OWN_VARIABLES | EVENTS | OWN | {"domains": on})),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout


def build(
    sample: Path, folder: Path, off: list[str], left_out: Sequence[str] = ()
) -> Build:
    load_duckdb(sample, folder / DATABASE_NAME)
    dbt(folder, off, left_out=left_out)
    return Build(folder, off)


def says(mart: str, column: str, off: list[str]) -> bool:
    """Whether the mart's column is of none of the domains."""
    return not any(
        fnmatch(f"{mart}.{column}", pattern)
        for domain in off
        for pattern in OF_DOMAIN[domain]
    )


def marts(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'analytics'"
    ).fetchall()
    return {name for (name,) in found}


def assert_whole(built: Build, full: Path) -> None:
    """Gone are the domains' marts; the others have the columns and rows they had."""
    gone = {name for name, domain in domains_of_models().items() if domain in built.off}
    # dbt may have the file itself open in this process.
    copy = shutil.copy(full, built.folder / "full.duckdb")
    with (
        duckdb.connect(str(copy), read_only=True) as ours,
        duckdb.connect(str(built.folder / DATABASE_NAME), read_only=True) as theirs,
    ):
        assert marts(theirs) == marts(ours) - gone
        for mart in sorted(marts(theirs) - {"data_freshness"}):
            described = ours.execute(f"describe analytics.{mart}").fetchall()
            assert theirs.execute(f"describe analytics.{mart}").fetchall() == described
            kept = [name for name, *_ in described if says(mart, name, built.off)]
            sql = f"select {', '.join(kept)} from analytics.{mart}"
            before, after = (Counter(c.execute(sql).fetchall()) for c in (ours, theirs))
            assert not after - before, (mart, next(iter(after - before)), kept)
            # Currencies of the domain alone are gone, with nothing but zeros.
            sums = [n for n, name in enumerate(kept) if name.endswith(SUMMED)]
            assert not any(row[n] for row in before - after for n in sums), mart
        assert_metrics_answer(built.metrics, theirs)
    assert_pages_are_drawn(built)
    on = [domain for domain in DOMAINS if domain not in built.off]
    names = {metric["name"] for metric in yaml.safe_load(written(on))["metrics"]}
    assert names == set(built.metrics.metrics)
    nodes = built.manifest
    assert {f"test.segment_stripe.{name}" for name in ALWAYS} <= {*nodes["nodes"]}
    for kind in ("nodes", "exposures", "metrics", "semantic_models", "saved_queries"):
        for node in nodes[kind].values():
            if node["config"].get("enabled", True):
                reads = node["depends_on"].get("nodes", ())
                assert not {name.split(".")[-1] for name in reads} & gone, node["name"]


def assert_pages_are_drawn(built: Build) -> None:
    """All that there are, each with what there is to show."""
    copy = built.folder / "serving.duckdb"
    publish(built.folder / DATABASE_NAME, copy)
    warehouse = DuckdbCopy(copy)
    (customer,) = warehouse.query(
        "select max(customer_id) as customer_id from fct_charges"
    )
    pages = pages_of(warehouse)
    gone = {PAGE_OF[domain] for domain in built.off if domain in PAGE_OF}
    assert {page.path for page in pages} == {page.path for page in PAGES} - gone
    drawn = ""
    for page in pages:
        for state in ({}, customer):
            encode = with_downloads(page.path, state)
            with warehouse.reading():
                content = plain([page.layout(warehouse, state)], encode)
            drawn += orjson.dumps(content).decode()
    for domain, name in TILE_OF.items():
        is_shown = f'"data-tile":"{name}"' in drawn
        assert is_shown == (domain not in built.off), domain


def assert_metrics_answer(
    manifest: Manifest, connection: duckdb.DuckDBPyConnection
) -> None:
    compiler = Compiler(manifest, "duckdb")
    for metric in manifest.metrics:
        connection.execute(compiler.sql(Query([metric], ["metric_time__month"])))
    assert len(manifest.metrics) > 80


def test_all_of_them_off(sample: Path, built_sample: Path, tmp_path: Path) -> None:
    # Unit tests have tables of their own: each domain off alone runs them.
    built = build(sample, tmp_path, DOMAINS, left_out=["unit_test"])
    assert_whole(built, built_sample)


@pytest.mark.long
@pytest.mark.parametrize("domain", DOMAINS)
def test_one_of_them_off(
    domain: str, sample: Path, built_sample: Path, tmp_path: Path
) -> None:
    assert_whole(build(sample, tmp_path, [domain]), built_sample)


@pytest.mark.long
@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize("off", [DOMAINS, ["balances"]], ids=["all", "balances"])
def test_off_on_postgres(off: list[str], tmp_path: Path) -> None:
    dbt(tmp_path, off, "postgres")
