"""Where the tables are: dbt's profile, and a connection that only reads.

dbt itself is not loaded for that, for it takes seconds; and MetricFlow's own client
turns exact decimals into floating point.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from semantic_layer.errors import MetricError

ROOT = Path(__file__).resolve().parents[1]
ENGINES = ("duckdb", "postgres")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Profile:
    """One target of profiles.yml, rendered."""

    folder: Path
    target: str
    settings: dict[str, Any]

    @property
    def engine(self) -> str:
        return self.settings["type"]

    @property
    def schema(self) -> str:
        return self.settings["schema"]

    @property
    def path(self) -> str:
        """The DuckDB file; a relative one is below the working folder, as with dbt."""
        return self.settings.get("path") or ":memory:"


def read_profile(target: str | None = None) -> Profile:
    """The profile that dbt_project.yml names, its default target or the one given."""
    name = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["profile"]
    folder = profiles_folder()
    content = render(yaml.safe_load((folder / "profiles.yml").read_text()))
    if name not in content:
        raise MetricError(f"{folder / 'profiles.yml'} has no profile {name}.")
    outputs = content[name]["outputs"]
    target = target or os.environ.get("DBT_TARGET") or content[name]["target"]
    if target not in outputs:
        raise MetricError(
            f"The profile has no target {target}: it has {', '.join(outputs)}."
        )
    profile = Profile(folder, target, outputs[target])
    if profile.engine not in ENGINES:
        raise MetricError(
            f"Metrics are asked on {' and '.join(ENGINES)}, not on {profile.engine}."
        )
    return profile


def profiles_folder() -> Path:
    """Where dbt looks for profiles.yml, in its order."""
    given = os.environ.get("DBT_PROFILES_DIR")
    places = [Path(given)] if given else [Path.cwd(), ROOT, Path.home() / ".dbt"]
    for place in places:
        if (place / "profiles.yml").exists():
            return place
    raise MetricError("There is no profiles.yml: run make setup.")


def render(value: Any) -> Any:
    """A profile with its env_var() filled in, as dbt does it."""
    if isinstance(value, dict):
        return {key: render(part) for key, part in value.items()}
    if not isinstance(value, str) or "{{" not in value:
        return value
    environment = Environment()
    environment.globals["env_var"] = env_var
    for name in ("as_bool", "as_native", "as_number", "as_text"):
        environment.filters[name] = lambda text: text
    text = environment.from_string(value).render()
    return int(text) if "as_number" in value else text


def env_var(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise MetricError(f"profiles.yml reads {name}, which is not set.")
    return value


def connect(profile: Profile) -> Callable[[str], tuple[list[str], Rows]]:
    """A function that runs one query: SQL -> names of columns, rows."""
    if profile.engine == "duckdb":
        connection, failure = connect_duckdb(profile)
    else:
        connection, failure = connect_postgres(profile)

    def run(sql: str) -> tuple[list[str], Rows]:
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            return [column[0] for column in cursor.description], cursor.fetchall()
        except failure as error:
            said = str(error).splitlines()[0]
            raise MetricError(f"The warehouse cannot answer that: {said}") from error

    return run


def connect_duckdb(profile: Profile) -> tuple[Any, type[Exception]]:
    """A connection, and what its errors are."""
    import duckdb

    if not Path(profile.path).exists():
        raise MetricError(f"{profile.path} does not exist: run make build.")
    try:
        return duckdb.connect(profile.path, read_only=True), duckdb.Error
    except duckdb.Error as error:
        raise MetricError(
            f"{profile.path} cannot be read: close the program that holds it. "
            f"({str(error).splitlines()[0]})"
        ) from error


def connect_postgres(profile: Profile) -> tuple[Any, type[Exception]]:
    import psycopg2

    settings = profile.settings
    try:
        connection = psycopg2.connect(
            host=settings["host"],
            port=settings.get("port"),
            user=settings["user"],
            password=settings.get("password") or settings.get("pass"),
            dbname=settings.get("dbname") or settings.get("database"),
            sslmode=settings.get("sslmode"),
        )
    except psycopg2.Error as error:
        raise MetricError(
            f"PostgreSQL could not be reached: {str(error).splitlines()[0]}."
        ) from error
    connection.set_session(readonly=True, autocommit=True)
    return connection, psycopg2.Error
