"""The walker finds what warehouses refuse; each construct is seen red once."""

from __future__ import annotations

import pytest

from dialects.refused import CONSTRUCTS, refused

ALL = {
    "distinct on": "select distinct on (a) a from t",
    "with recursive": "with recursive r as (select 1 as a) select a from r",
    "lateral": "select a from t, lateral (select b from u) as v",
    "materialized of a CTE": (
        "with c as not materialized (select 1 as a) select a from c"
    ),
    "collate": "select a collate 'C' from t",
    ">>": "select a >> 1 from t",
    "~": "select a ~* 'b' from t",
    "filter": "select sum(a) filter (where b) from t",
    "at time zone": "select a at time zone 'UTC' from t",
}
INTERVALS = {
    "snowflake": "select dateadd(day, power(2, a), b) from t",
    "bigquery": "select datetime_add(a, interval power(2, b) day) from t",
    "redshift": "select dateadd(day, power(2, a), b) from t",
    "databricks": "select timestampadd(day, power(2, a), b) from t",
    "trino": "select date_add('day', power(2, a), b) from t",
}
BAD = {
    "snowflake": {
        "week that the account begins": "select date_trunc('week', a) from t",
    },
    "bigquery": {
        "numeric of more than 29 digits before the point": (
            "select cast(a as numeric(38, 6)) from t"
        ),
        "numeric without size: nine places": "select cast(a as numeric) from t",
        "datetime beside a timestamp": (
            "select a from t where b > datetime_add(a, interval 1 day)"
        ),
        "where without from": "select 1 as a where 1 = 0",
        "nulls last of an ascending range": (
            "select sum(a) over (order by b asc nulls last) from t"
        ),
        "week that begins on Sunday": "select timestamp_trunc(a, week) from t",
    },
    "redshift": {
        "text of 256 bytes": "select cast(a as text) from t",
        "numeric without size: numeric(18, 0)": "select cast(a as numeric) from t",
        "quotient of wide decimals": (
            "select round(cast(a as numeric(38, 0)) / cast(b as numeric(38, 0)), 6) "
            "from t"
        ),
        "window without a frame": "select sum(a) over (order by b) from t",
        "lag with default": "select lag(a, 1, 0) over (order by b) from t",
        "max of a boolean": "select max(is_paid) from t",
        "epoch of an interval": "select extract(epoch from (a - b)) from t",
    },
    "databricks": {},
    "trino": {
        "at time zone of a plain timestamp": (
            "select cast(a as timestamp(6)) at time zone 'UTC' from t"
        ),
        "timestamp of milliseconds": "select cast(a as timestamp) from t",
        "quotient of wide decimals": (
            "select round(cast(a as decimal(38, 0)) / cast(b as decimal(38, 0)), 6) "
            "from t"
        ),
    },
}
GOOD = {
    "snowflake": "select cast(convert_timezone('UTC', 'Asia/Tokyo', a) as date) from t",
    "bigquery": "select date(a, 'Asia/Tokyo'), cast(b as bignumeric(38, 6)) from t",
    "redshift": "select cast(a as varchar(65535)), cast(b as numeric(38, 6)) from t",
    "databricks": "select cast(from_utc_timestamp(a, 'Asia/Tokyo') as date) from t",
    "trino": (
        "select cast(with_timezone(a, 'UTC') at time zone 'Asia/Tokyo' as date) from t"
    ),
}
WORDS = [
    ("snowflake", "select string_agg(a) from t", "function string_agg"),
    ("bigquery", "select try_cast(a as int64) from t", "function try_cast"),
    ("bigquery", "select cast(a as numeric(20, 6)) from t", "type numeric"),
    ("redshift", "select try_cast(a as date) from t", "function try_cast"),
    ("redshift", "select a as tag from t", "reserved word tag"),
    ("redshift", "select a from t union distinct select a from u",
     "union of neither kind: union distinct"),
    ("databricks", "select strpos(a, 'b') from t", "function strpos"),
    ("redshift", "select div(a, b) from t", "function div"),
    ("trino", "select left(a, 8) from t", "function left"),
    ("trino", "select cast(a as text) from t", "type text"),
]  # fmt: skip


def statements(dialect: str) -> dict[str, str]:
    interval = "interval of a floating-point number"
    return {**ALL, **BAD[dialect], interval: INTERVALS[dialect]}


@pytest.mark.parametrize(
    ("dialect", "name"),
    [(dialect, one.name) for dialect, all_ in CONSTRUCTS.items() for one in all_],
)
def test_a_construct_is_found(dialect: str, name: str) -> None:
    found = refused(statements(dialect)[name], dialect)
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


@pytest.mark.parametrize("dialect", CONSTRUCTS)
def test_every_construct_cites_the_warehouse(dialect: str) -> None:
    hosts = {"bigquery": "cloud.google.com", "redshift": "docs.aws.amazon.com"}
    host = hosts.get(dialect, dialect)
    assert all(host in construct.page for construct in CONSTRUCTS[dialect])
