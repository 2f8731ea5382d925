"""The walker finds what warehouses refuse; each construct is seen red once."""

from __future__ import annotations

import pytest

from dialects.constructs import CONSTRUCTS
from dialects.refused import PAGES, refused

# A statement that has the construct, in words that every warehouse reads, else its own.
BAD = {
    "at time zone": "select a at time zone 'UTC' from t",
    "at time zone of a plain timestamp": (
        "select cast(a as timestamp(6)) at time zone 'UTC' from t"
    ),
    "collate": "select a collate 'C' from t",
    "datetime beside a timestamp": (
        "select a from t where b > datetime_add(a, interval 1 day)"
    ),
    "distinct on": "select distinct on (a) a from t",
    "epoch of an interval": "select extract(epoch from (a - b)) from t",
    "filter": "select sum(a) filter (where b) from t",
    "greatest or least": "select greatest(a, b) from t",
    "group by an alias": "select coalesce(a, 0) as b, sum(c) as d from t group by b",
    "is distinct from": "select a from t where a is distinct from b",
    "is true beside a value": "select case when a is true then 1 end as b from t",
    "lag with default": "select lag(a, 1, 0) over (order by b) from t",
    "lateral": "select a from t, lateral (select b from u) as v",
    "materialized of a CTE": (
        "with c as not materialized (select 1 as a) select a from c"
    ),
    "max of a boolean": "select max(is_paid) from t",
    "nulls last of an ascending range": (
        "select sum(a) over (order by b asc nulls last) from t"
    ),
    "numeric without size": "select cast(a as numeric) from t",
    "quotient of wide decimals": (
        "select round(cast(a as decimal(38, 0)) / cast(b as decimal(38, 0)), 6) from t"
    ),
    "rate that a cast rounds": (
        "select cast(a * exchange_rate as numeric(38, 6)) from t"
    ),
    "set operations of two kinds": (
        "select a from t union distinct select a from u union all select a from v"
    ),
    "size in a cast": "select cast(a as bignumeric(38, 6)) from t",
    "subquery beside a value": "select a in (select b from u) as c from t",
    "text of 256 bytes": "select cast(a as text) from t",
    "timestamp of milliseconds": "select cast(a as timestamp) from t",
    "values": "select a from (values (1)) as t (a)",
    "week that begins elsewhere": "select date_trunc('week', a) from t",
    "where without from": "select 1 as a where 1 = 0",
    "window ordered by a constant": "select row_number() over (order by 1) from t",
    "window without a frame of rows": "select sum(a) over (order by b) from t",
    "with recursive": "with recursive r as (select 1 as a) select a from r",
    ">>": "select a >> 1 from t",
    "~": "select a ~* 'b' from t",
}
OWN = {
    ("bigquery", "interval of a floating-point number"): (
        "select datetime_add(a, interval power(2, b) day) from t"
    ),
    ("redshift", "interval of a floating-point number"): (
        "select dateadd(day, power(2, a), b) from t"
    ),
    ("databricks", "interval of a floating-point number"): (
        "select timestampadd(day, power(2, a), b) from t"
    ),
    ("trino", "interval of a floating-point number"): (
        "select date_add('day', power(2, a), b) from t"
    ),
    ("bigquery", "week that begins elsewhere"): (
        "select timestamp_trunc(a, week) from t"
    ),
    ("trino", "numeric without size"): "select cast(a as decimal) from t",
}
GOOD = {
    "snowflake": "select cast(convert_timezone('UTC', 'Asia/Tokyo', a) as date) from t",
    "bigquery": "select date(a, 'Asia/Tokyo'), round(cast(b as bignumeric), 6) from t",
    "redshift": "select cast(a as varchar(65535)), cast(b as numeric(38, 6)) from t",
    "databricks": "select cast(from_utc_timestamp(a, 'Asia/Tokyo') as date) from t",
    "trino": (
        "select cast(with_timezone(a, 'UTC') at time zone 'Asia/Tokyo' as date) from t"
    ),
}
WORDS = [
    ("snowflake", "select string_agg(a) from t", "function string_agg"),
    ("bigquery", "select try_cast(a as int64) from t", "function try_cast"),
    ("bigquery", "select cast(a as numeric) from t", "type numeric"),
    ("snowflake", "select cast(a as timestamp) from t", "type timestamp"),
    ("redshift", "select try_cast(a as date) from t", "function try_cast"),
    ("redshift", "select a as tag from t", "reserved word tag"),
    ("redshift", "select a from t union distinct select a from u",
     "union of neither kind: union distinct"),
    ("databricks", "select strpos(a, 'b') from t", "function strpos"),
    ("redshift", "select div(a, b) from t", "function div"),
    ("trino", "select left(a, 8) from t", "function left"),
    ("trino", "select cast(a as text) from t", "type text"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "name"),
    [(dialect, name) for dialect in PAGES for name in PAGES[dialect]],
)
def test_a_construct_is_found(dialect: str, name: str) -> None:
    found = refused(OWN.get((dialect, name)) or BAD[name], dialect)
    assert any(said.startswith((name, "does not parse")) for said in found), found


@pytest.mark.parametrize(("dialect", "sql"), GOOD.items())
def test_what_the_warehouse_does_is_let_through(dialect: str, sql: str) -> None:
    assert refused(sql, dialect) == []


@pytest.mark.parametrize(("dialect", "sql", "said"), WORDS)
def test_unknown_words_are_found(dialect: str, sql: str, said: str) -> None:
    assert said in refused(sql, dialect)


def test_bigquery_wants_to_know_which_union() -> None:
    sql = "select a from t union select a from u"
    assert refused(sql, "bigquery")
    assert not refused(sql, "redshift")


@pytest.mark.parametrize("dialect", PAGES)
def test_every_construct_cites_the_warehouse(dialect: str) -> None:
    hosts = {"bigquery": "docs.cloud.google.com", "redshift": "docs.aws.amazon.com"}
    host = hosts.get(dialect, dialect)
    assert all(host in page for page in PAGES[dialect].values())


def test_every_construct_is_one_of_some_warehouse() -> None:
    assert {name for pages in PAGES.values() for name in pages} == set(CONSTRUCTS)
