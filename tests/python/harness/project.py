"""The dbt project, parsed once per run and built against any database.

A manifest holds the name of its database, so every test database is a file called
warehouse.duckdb in a folder of its own. What dbt read of the files is kept in build/,
so that the next run parses only what changed.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import tempfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dbt.artifacts.schemas.results import NodeStatus
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import EventMsg

from environment import start_dbt
from harness import quick_dbt
from harness.run_folder import once

start_dbt.save_time()
start_dbt.keep_zeros()
quick_dbt.apply()
ROOT = Path(__file__).resolve().parents[3]
DATABASE_NAME = "warehouse.duckdb"
PARTIAL_PARSE = "partial_parse.msgpack"
AS_OF = "2026-10-20"
DOMAINS = ["subscriptions", "balances", "disputes", "receivables", "lifetime_value"]
# Whatever dbt_project.yml is set to, for a warehouse of somebody's own.
OWN_VARIABLES = {
    "as_of": AS_OF,
    "stripe_sources": ["stripe"],
    "stripe_accounts": [],
    "segment_event_sources": [],
    "reporting_timezone": "UTC",
    "include_test_mode": False,
    "passthrough_columns": {},
    "own_objects": {},
    "domains": DOMAINS,
    "hash_personal_data": False,
    "identity_metadata_column": None,
    "unite_customers_by_email": False,
    "session_idle_minutes": 30,
    "funnel_steps": ["visit", "sign_up", "first_payment"],
    "ltv_margin": 1,
    "ad_spend_relation": None,
    "reporting_currency": None,
    "exchange_rates_relation": None,
    "max_rate_age_days": 7,
    "mrr_coupon_durations": ["forever"],
    "mrr_statuses": ["active", "past_due"],
    "incremental": False,
    "incremental_lookback_days": 1,
}
EVENTS = {"segment_event_sources": ["website"]}


@dataclass
class Run:
    """What one dbt command did: node results and every line it said."""

    success: bool
    statuses: dict[str, str]
    lines: list[str] = field(repr=False)

    @property
    def text(self) -> str:
        """What dbt said, less the lines on what went well."""
        routine = (" START ", " OK ", " PASS ", " SKIP ")
        lines = (line for line in self.lines if not any(r in line for r in routine))
        return "\n".join(line for line in lines if line.strip())

    def names(self, *statuses: str) -> list[str]:
        """Nodes that ended in one of the statuses, by name, in order."""
        return sorted(n for n, status in self.statuses.items() if status in statuses)

    @property
    def broken(self) -> list[str]:
        return self.names(NodeStatus.Error, NodeStatus.Fail, NodeStatus.Skipped)


class Project:
    """The parsed project; `target` is a target of profiles.example.yml."""

    def __init__(self, target: str = "duckdb") -> None:
        self.target = target
        self.workspace = Path(tempfile.mkdtemp(prefix="segment_stripe_"))
        shutil.copy(ROOT / "profiles.example.yml", self.workspace / "profiles.yml")

    def close(self) -> None:
        shutil.rmtree(self.workspace, ignore_errors=True)

    @cached_property
    def manifest(self) -> Manifest:
        parsed = once(f"parsed_{self._name}", self._parse)
        os.environ["SEGMENT_STRIPE_DUCKDB"] = str(self.workspace / DATABASE_NAME)
        target = self.workspace / "target"
        shutil.copytree(parsed / "target", target, dirs_exist_ok=True)
        return pickle.loads((parsed / "manifest.pickle").read_bytes())

    @property
    def _name(self) -> str:
        """What a manifest depends on, beside the files of the project."""
        database = os.environ.get("PGDATABASE") if self.target == "postgres" else None
        return f"{self.target}_{zlib.crc32(f'{ROOT} {database}'.encode())}"

    def _parse(self, folder: Path) -> None:
        """Parse the project, from where the last parse left off."""
        target = folder / "target"
        target.mkdir()
        own = self.workspace / "target" / PARTIAL_PARSE
        kept = ROOT / "build" / "tests" / PARTIAL_PARSE
        # A server is another one each time, and what was parsed for it no use.
        is_kept = self.target == "duckdb"
        last = own if own.exists() else kept
        if is_kept and last.exists():
            shutil.copy(last, target / PARTIAL_PARSE)
        # Parsing opens no database. dbt parses anew when its name has changed.
        os.environ["SEGMENT_STRIPE_DUCKDB"] = DATABASE_NAME
        result = dbtRunner().invoke(self._arguments(["parse"], {}, target))
        assert result.success, result.exception
        (folder / "manifest.pickle").write_bytes(pickle.dumps(result.result))
        if is_kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            unfinished = kept.with_suffix(f".{os.getpid()}")
            shutil.copy(target / PARTIAL_PARSE, unfinished)
            unfinished.replace(kept)

    def run(
        self,
        command: list[str],
        database: Path | None = None,
        variables: dict | None = None,
        writes: bool = False,
        staging: str = "view",
    ) -> Run:
        """Run a dbt command such as ["build", "--select", "fct_charges+"].

        writes: dbt writes manifest.json and the like, which takes it half a second.
        staging: "table" where views over many accounts would be planned hundreds of
        times.
        """
        manifest = self.manifest
        for node in manifest.nodes.values():
            if node.name.startswith("stg_"):
                node.config.materialized = self.built_as(staging)
        if database:
            assert database.name == DATABASE_NAME
            os.environ["SEGMENT_STRIPE_DUCKDB"] = str(database)
        lines: list[str] = []

        def keep(event: EventMsg) -> None:
            if event.info.level in ("info", "warn", "error"):
                lines.append(event.info.msg)

        runner = dbtRunner(manifest=manifest, callbacks=[keep])
        command = ["--write-json" if writes else "--no-write-json", *command]
        quick_dbt.write_files(writes or command[1] == "compile")
        target = self.workspace / "target"
        result = runner.invoke(self._arguments(command, variables or {}, target))
        if result.exception:
            lines.append(str(result.exception))
        nodes = getattr(result.result, "results", None) or []
        statuses = {
            node.node.name: str(node.status) for node in nodes if hasattr(node, "node")
        }
        return Run(result.success, statuses, lines)

    def built_as(self, kind: str) -> str:
        """How a "table" or "view" is materialized there, as macros/engines says."""
        return f"{kind}_in_place" if self.target == "duckdb" else kind

    def _arguments(
        self, command: list[str], variables: dict, target: Path
    ) -> list[str]:
        settings = {**OWN_VARIABLES, **variables}
        return [
            "--quiet",
            *command,
            *("--target", self.target),
            *("--vars", json.dumps(settings, default=str)),
            *("--project-dir", str(ROOT)),
            *("--profiles-dir", str(self.workspace)),
            *("--target-path", str(target)),
            *("--log-path", str(self.workspace)),
        ]
