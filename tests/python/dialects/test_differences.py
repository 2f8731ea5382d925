"""What the macros of each warehouse come to, by values that were computed by hand.

These are the places in which sqlglot does not know how a warehouse computes, so that
duckdb_run.py says it: division, zones of Trino, digits behind the second.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest

from dialects.duckdb_run import translated
from dialects.job import DIALECTS
from dialects.macros import macro

PAIRS = [
    ("1", "3", "0.333333"),
    ("-2", "3", "-0.666667"),
    ("5", "2000000", "0.000003"),
    ("-5", "2000000", "-0.000003"),
    ("5", "-2000000", "-0.000003"),
    ("4999999", "2000000000000", "0.000002"),
    ("123456789012345678901", "1000", "123456789012345678.901000"),
    ("0", "7", "0.000000"),
    ("7", "0", None),
]
# 118.48 days in microseconds times a million are more than 64 bits hold.
BETWEEN = [
    ("2026-01-01 00:00:00", "2026-04-29 11:31:12", "118.480000"),
    ("2026-04-29 11:31:12", "2026-01-01 00:00:00", "-118.480000"),
    ("2026-01-01 00:00:00", "2026-01-01 00:00:00.043200", "0.000001"),
    ("2026-01-01 00:00:00", "2026-01-01 00:00:00.043199", "0.000000"),
    ("2016-01-01 00:00:00.000001", "2026-01-01 00:00:00", "3653.000000"),
]
# Clocks of New York go forward at 07:00 UTC on 2026-03-08, back at 06:00 on 11-01.
DAYS = [
    ("2026-03-08 04:59:59", date(2026, 3, 7)),
    ("2026-03-08 05:00:00", date(2026, 3, 8)),
    ("2026-03-09 03:59:59", date(2026, 3, 8)),
    ("2026-03-09 04:00:00", date(2026, 3, 9)),
    ("2026-11-02 04:59:59", date(2026, 11, 1)),
    ("2026-11-02 05:00:00", date(2026, 11, 2)),
]
# A Sunday belongs to the week of the Monday before.
WEEKS = [
    ("2026-03-08", date(2026, 3, 2)),
    ("2026-03-09", date(2026, 3, 9)),
    ("2026-01-01", date(2025, 12, 29)),
]
each_dialect = pytest.mark.parametrize("dialect", DIALECTS)


def value(sql: str, dialect: str) -> object:
    """What DuckDB, in UTC, makes of an expression of a warehouse."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        row = connection.execute(translated(f"select {sql}", dialect)).fetchone()
    return row[0]


def moment(text: str, dialect: str) -> str:
    types = {"snowflake": "timestamp_ntz", "trino": "timestamp(6)"}
    return f"cast('{text}' as {types.get(dialect, 'timestamp')})"


@each_dialect
@pytest.mark.parametrize(("top", "bottom", "answer"), PAIRS)
def test_ratios_are_exact(dialect: str, top: str, bottom: str, answer: str) -> None:
    found = value(macro("integer_ratio", dialect)(top, bottom), dialect)
    assert found == (Decimal(answer) if answer else None)


@each_dialect
@pytest.mark.parametrize("number", ["0.1234565", "-0.1234565"])
def test_numbers_are_rounded(dialect: str, number: str) -> None:
    """Half away from zero; by a function where a cast does not round."""
    said = macro("rounded", dialect)(f"cast({number} as decimal(20, 7))")
    assert value(said, dialect) == Decimal(number).quantize(
        Decimal("0.000001"), ROUND_HALF_UP
    )
    assert ("round(" in said) is (dialect in ("bigquery", "redshift"))


@each_dialect
@pytest.mark.parametrize(("first", "second", "answer"), BETWEEN)
def test_days_between_moments(
    dialect: str, first: str, second: str, answer: str
) -> None:
    ends = [moment(text, dialect) for text in (first, second)]
    found = value(macro("days_between", dialect)(*ends), dialect)
    assert found == Decimal(answer)


@each_dialect
@pytest.mark.parametrize(("text", "answer"), DAYS)
def test_days_of_new_york(dialect: str, text: str, answer: date) -> None:
    day = macro("reporting_date", dialect, reporting_timezone="America/New_York")
    assert value(day(moment(text, dialect)), dialect) == answer


@each_dialect
@pytest.mark.parametrize(("text", "answer"), WEEKS)
def test_weeks_begin_on_monday(dialect: str, text: str, answer: date) -> None:
    week = macro("first_day_of", dialect)("week", f"cast('{text}' as date)")
    assert value(week, dialect) == answer


@each_dialect
def test_epoch_seconds(dialect: str) -> None:
    found = value(macro("epoch_to_utc", dialect)("cast(1767225600 as bigint)"), dialect)
    assert found.replace(tzinfo=UTC) == datetime(2026, 1, 1, tzinfo=UTC)


@each_dialect
@pytest.mark.parametrize(
    ("text", "answer"), [("true", True), ("false", False), ("", None)]
)
def test_booleans_in_text(dialect: str, text: str, answer: bool | None) -> None:
    assert value(macro("boolean_in_text", dialect)(f"'{text}'"), dialect) is answer


@each_dialect
@pytest.mark.parametrize(("text", "answer"), [("12.5", "12.5"), ("in_1", None)])
def test_numbers_in_text(dialect: str, text: str, answer: str | None) -> None:
    exact = macro("exact", dialect)()
    found = value(macro("number_in_text", dialect)(f"'{text}'", exact), dialect)
    assert found == (Decimal(answer) if answer else None)


@each_dialect
@pytest.mark.parametrize(
    ("text", "answer"),
    [("2026-02-28 at noon", date(2026, 2, 28)), ("2026-02-30", None), ("cus_1", None)],
)
def test_dates_in_text(dialect: str, text: str, answer: date | None) -> None:
    found = value(macro("date_in_text", dialect)(f"'{text}'"), dialect)
    assert found == answer
