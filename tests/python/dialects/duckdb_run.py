"""Run the SQL of another warehouse in DuckDB, as sqlglot translates it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
import yaml
from harness.project import ROOT
from harness.seeds import load_seed
from jinja2 import Template
from sqlglot import exp

Catalog = Mapping[str, Mapping[str, Mapping[str, str]]]
DATABASE = "warehouse"
SEEDS = "analytics_reference"
# DuckDB divides decimals in floating point: what the warehouses divide exactly is said
# in its own words (macros/money/integer_ratio.sql).
RATIO = (
    "cast(sign(cast({top} as hugeint)) * sign(cast({bottom} as hugeint)) * cast("
    "(abs(cast({top} as hugeint)) * 2000000 + abs(cast({bottom} as hugeint))) // "
    "nullif(abs(cast({bottom} as hugeint)) * 2, 0) as decimal(32, 0)) "
    "* cast(0.000001 as decimal(6, 6)) as decimal(38, 6))"
)
# What is a whole number, as things are named here, and what makes a fraction of it.
WHOLE = re.compile(r"_minor\b|minor_units|share_|percent|\* 1000000", re.IGNORECASE)
UNIT = re.compile(r"minor_unit\b", re.IGNORECASE)


def catalog_of(database: Path) -> Catalog:
    """What a DuckDB file holds: schema -> table -> column -> type."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select table_schema, table_name, column_name, data_type "
            "from information_schema.columns order by ordinal_position"
        ).fetchall()
    for schema, table, column, kind in rows:
        found.setdefault(schema, {}).setdefault(table, {})[column] = kind
    return found


def run_models(
    nodes: Mapping[str, dict[str, Any]], dialect: str, raw: Path
) -> duckdb.DuckDBPyConnection:
    """Every model as a table, over the raw tables of a DuckDB file and the seeds."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set threads = 1")
    connection.execute(f"attach ':memory:' as {DATABASE}")
    connection.execute(f"attach '{raw}' as raw (read_only)")
    connection.execute(f"use {DATABASE}")
    for schema, tables in catalog_of(raw).items():
        connection.execute(f'create schema if not exists "{schema}"')
        for table in tables:
            name = f'"{schema}"."{table}"'
            connection.execute(f"create view {name} as select * from raw.{name}")
    load_seeds(connection)
    for key in in_order(nodes):
        schema, name = nodes[key]["relation"]
        connection.execute(f'create schema if not exists "{schema}"')
        statement = translated(nodes[key]["sql"], dialect)
        try:
            connection.execute(f'create table "{schema}"."{name}" as {statement}')
        except duckdb.Error as error:
            raise RuntimeError(f"{name}: {error}\n{statement}") from error
    return connection


def load_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"create schema {SEEDS}")
    for path in (ROOT / "seeds").glob("*.csv"):
        (seed,) = yaml.safe_load(path.with_suffix(".yml").read_text())["seeds"]
        types = seed.get("config", {}).get("column_types", {})
        # Some types are named by the engine.
        rendered = {
            column: Template(kind).render(target={"type": "duckdb"})
            for column, kind in types.items()
        }
        config = {"column_types": rendered}
        load_seed(connection, f"{SEEDS}.{path.stem}", path, config)


def in_order(nodes: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """Models, each after those that it reads."""
    done: set[str] = set()

    def visit(key: str) -> Iterator[str]:
        if key in done or key not in nodes or not key.startswith("model."):
            return
        done.add(key)
        for parent in nodes[key]["reads"]:
            yield from visit(parent)
        yield key

    for key in nodes:
        yield from visit(key)


def translated(sql: str, dialect: str) -> str:
    """A statement of a warehouse in DuckDB's words."""
    if dialect == "duckdb":
        return sql
    tree = sqlglot.parse_one(sql, read=dialect)
    tree = tree.transform(as_it_divides).transform(as_it_tells_time)
    if dialect == "bigquery":
        tree = tree.transform(as_it_counts)
    if dialect == "databricks":
        # Its timestamps are moments that a session in UTC shows; DuckDB's plain ones.
        for kind in tree.find_all(exp.DataType):
            if kind.this in (exp.DType.TIMESTAMPTZ, exp.DType.TIMESTAMPLTZ):
                kind.set("this", exp.DType.TIMESTAMP)
        for zoned in list(tree.find_all(exp.AtTimeZone)):
            utc = exp.Literal.string("UTC")
            zoned.set("this", exp.AtTimeZone(this=zoned.this.copy(), zone=utc))
    return tree.sql(dialect="duckdb")


def as_it_tells_time(node: exp.Expression) -> exp.Expression:
    """Functions of Trino and Databricks that sqlglot leaves as they are."""
    name = node.name.lower() if isinstance(node, exp.Anonymous) else ""
    if name == "with_timezone":
        value, zone = node.expressions
        return exp.AtTimeZone(this=value, zone=zone)
    if isinstance(node, exp.Substring) and node.args["start"].sql() == "-6":
        # The text of a timestamp(6) has six digits, DuckDB's as many as it needs.
        moment = node.this.this.sql(dialect="duckdb")
        digits = f"cast(extract(microseconds from {moment}) % 1000000 as varchar)"
        return sqlglot.parse_one(digits, read="duckdb")
    if name == "to_milliseconds":
        # Of two days taken from each other, which DuckDB counts.
        days = exp.Paren(this=node.expressions[0].transform(as_it_tells_time))
        unit = exp.Literal.number(86400000)
        return exp.Paren(this=exp.Mul(this=days, expression=unit))
    if name == "timestamp_seconds":
        return exp.Anonymous(this="to_timestamp", expressions=node.expressions)
    if name == "get":
        values, number = node.expressions
        values = values.transform(as_it_tells_time)
        place = exp.Add(this=number, expression=exp.Literal.number(1))
        return exp.Anonymous(this="list_extract", expressions=[values, place])
    if name == "from_unixtime_nanos":
        nanos, thousand = exp.Paren(this=node.expressions[0]), exp.Literal.number(1000)
        micros = exp.IntDiv(this=nanos, expression=thousand)
        plain = exp.Anonymous(this="make_timestamp", expressions=[micros])
        return exp.AtTimeZone(this=plain, zone=exp.Literal.string("UTC"))
    return node


def as_it_divides(node: exp.Expression) -> exp.Expression:
    """A quotient of whole decimals as the warehouse has it: exact, rounded once."""
    if isinstance(node, exp.Round) and isinstance(node.this, exp.Div):
        top, bottom = node.this.this, node.this.expression
        if isinstance(bottom, exp.Nullif):
            words = {
                "top": top.this.sql(dialect="duckdb"),
                "bottom": bottom.this.this.sql(dialect="duckdb"),
            }
            return sqlglot.parse_one(RATIO.format(**words), read="duckdb")
    if isinstance(node, exp.Div):
        top = node.this.unnest()
        if isinstance(top, exp.Sub) and isinstance(top.expression, exp.Mod):
            return exp.IntDiv(this=wide(node.this), expression=wide(node.expression))
    return node


def as_it_counts(node: exp.Expression) -> exp.Expression:
    """BigQuery's bignumeric, which keeps every place, with the places that it needs."""
    if isinstance(node, exp.Cast) and node.to.this == exp.DType.BIGDECIMAL:
        node.set("to", exp.DataType.build(f"decimal(38, {places_of(node)})"))
    return node


def places_of(cast: exp.Cast) -> int:
    if isinstance(cast.parent, exp.Round):
        return int(cast.parent.args["decimals"].name) + 6
    if cast.parent.alias_or_name == "exchange_rate":
        return 12
    # What was cast before has places of its own.
    number = exp.Paren(this=cast.this.copy())
    for one in list(number.find_all(exp.Cast)):
        one.replace(exp.Null())
    text = number.sql()
    return 0 if WHOLE.search(text) and not UNIT.search(text) else 6


def wide(node: exp.Expression) -> exp.Expression:
    return exp.cast(node, "hugeint", dialect="duckdb")
