"""A project that has this one as a package: a copy of examples/consumer, with a dbt of
its own, for a project of another name shares nothing with this one's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from harness.postgres import read_query
from harness.project import AS_OF, DOMAINS, EVENTS, ROOT
from sample_account.load import load_duckdb
from scripts.export_package import export
from scripts.write_package_metrics import written
from semantic_layer.compiler import Compiler
from semantic_layer.manifest import Manifest

DBT = Path(sys.executable).parent / "dbt"
PAGE = ROOT / "docs" / "extending.md"
# The shop's own columns in the sample account: what decides, and what it is called.
OWN_COLUMNS = """
    alter table stripe.charges add column metadata_plan_tier varchar;
    update stripe.charges set metadata_plan_tier = case
        when id < 'ch_I' then 'gold' when id < 'ch_c' then 'silver' else '' end;
    alter table stripe.customers add column metadata_region_code varchar;
    update stripe.customers set metadata_region_code = 'eu'
        where id = 'cus_TcUNREcDhVccfD';
"""
VARIABLES = {"as_of": AS_OF, **EVENTS}


@dataclass
class Consumer:
    """A copy of the example, with the package installed."""

    folder: Path
    target: str = "duckdb"

    @property
    def database(self) -> Path:
        return self.folder / "shop.duckdb"

    @property
    def compiler(self) -> Compiler:
        """Of its metrics, as dbt parsed them last."""
        manifest = Manifest.read(self.folder / "target" / "semantic_manifest.json")
        return Compiler(manifest, self.target)

    def dbt(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.run(str(DBT), "--no-use-colors", *command)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the project, with its own profile."""
        environment = {**os.environ, "DBT_PROFILES_DIR": str(self.folder)}
        environment["ACME_DUCKDB"] = str(self.database)
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
        )

    def write_own(self, *options: str) -> subprocess.CompletedProcess[str]:
        """The command of docs/extending.md, as it stands there."""
        written = re.compile(r"^ *python (dbt_packages/\S*write_own.*)$", re.M)
        (line,) = written.findall(PAGE.read_text())
        return self.run(sys.executable, *line.split(), *options)

    def build(
        self, *selection: str, variables: Mapping[str, Any] | None = None
    ) -> subprocess.CompletedProcess[str]:
        said = json.dumps(VARIABLES | dict(variables or {}))
        return self.dbt("build", "--target", self.target, "--vars", said, *selection)

    def rows(self, sql: str) -> list[tuple]:
        if self.target == "postgres":
            return read_query(sql)
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def write_metrics(self, domains: Collection[str] = DOMAINS) -> None:
        (self.folder / "models" / "stripe_metrics.yml").write_text(written(domains))


def consumer_in(folder: Path, sample: Path) -> Consumer:
    """The example with the package and its metrics, over the sample account."""
    shutil.copytree(ROOT / "examples" / "consumer", folder, dirs_exist_ok=True)
    export(folder / "packages")
    made = Consumer(folder)
    made.write_metrics()
    load_duckdb(sample, made.database)
    with duckdb.connect(str(made.database)) as connection:
        connection.execute(OWN_COLUMNS)
    installed = made.dbt("deps")
    assert installed.returncode == 0, installed.stdout
    return made
