"""dbt's unit tests of a model, run in memory on SQL that has a fault in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import duckdb

from faults.records import ROOT

if TYPE_CHECKING:
    from faults.warehouse import Warehouse

SEEDS = {path.stem for path in (ROOT / "seeds").glob("*.csv")}


def failed_unit_tests(warehouse: Warehouse, model: str, sql: str) -> list[str]:
    """Unit tests of the model that do not get their answer from this SQL."""
    return [
        test["name"]
        for test in warehouse.manifest["unit_tests"].values()
        if test["model"] == model and not passes(warehouse, test, sql)
    ]


def passes(warehouse: Warehouse, test: dict[str, Any], sql: str) -> bool:
    connection = warehouse.connection
    relations = {n["name"]: n["relation_name"] for n in warehouse.nodes}
    overridden = (test.get("overrides") or {}).get("vars") or {}
    # Tests are written for dbt's own defaults, the account for a zone of its own.
    defaults = {"reporting_timezone": "UTC"}
    for name, value in (warehouse.variables | defaults | overridden).items():
        sql = sql.replace(f"'{warehouse.variables[name]}'", f"'{value}'")
    for number, given in enumerate(test["given"]):
        (name,) = re.findall(r"ref\(['\"](\w+)['\"]\)", given["input"])
        place = f'"given_{number}_{name}"'
        connection.execute(
            f"create or replace temp table {place} as "
            f"select * from {relations[name]} {'' if is_seed(given) else 'limit 0'}"
        )
        if not is_seed(given):
            insert(connection, place, given["rows"])
        sql = sql.replace(relations[name], f"temp.{place}")
    columns = list(
        dict.fromkeys(name for row in test["expect"]["rows"] for name in row)
    )
    if not columns:
        # No row at all is what a variable of dbt makes, which is not in this SQL.
        return True
    listed = ", ".join(f'"{name}"' for name in columns)
    try:
        connection.execute(f"create or replace temp table found as {sql}")
    except duckdb.Error:
        return False
    connection.execute(
        "create or replace temp table expected as "
        f"select {listed} from {relations[test['model']]} limit 0"
    )
    insert(connection, "expected", test["expect"]["rows"])
    differing = connection.execute(
        f"(select {listed} from found except all from expected) union all "
        f"(from expected except all select {listed} from found)"
    ).fetchall()
    return not differing


def is_seed(given: dict[str, Any]) -> bool:
    """An input without rows is a seed as it is."""
    return not given["rows"] and given["input"].removeprefix("ref('")[:-2] in SEEDS


def insert(
    connection: duckdb.DuckDBPyConnection, place: str, rows: list[dict[str, Any]]
) -> None:
    for row in rows:
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"insert into {place} ({columns}) values ({marks})", list(row.values())
        )
