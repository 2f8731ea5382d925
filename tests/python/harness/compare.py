"""Marts against the answers of a case, to the last digit."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from harness.cases import Rows

KEY_COLUMNS = (
    "source_relation",
    "reporting_date",
    "reporting_month",
    "reporting_week",
    "original_currency",
    "currency",
    "failure_code",
    "ageing_bucket",
    "reporting_category",
    "is_payout",
    "attempt_count",
    "balance_transaction_id",
    "card_id",
    "fee_detail_id",
    "charge_id",
    "dispute_id",
    "refund_id",
    "payment_id",
    "customer_id",
    "acquisition_month",
    "channel",
    "months_since",
    "company_id",
    "step",
    "ambiguity_type",
    "anonymous_id",
    "match_method",
    "user_id",
    "invoice_id",
    "invoice_line_id",
    "subscription_id",
    "tax_rate_id",
)


def read_mart(database: Path, mart: str) -> list[dict]:
    """All rows of a mart, as {column: value}."""
    with duckdb.connect(str(database)) as connection:
        cursor = connection.execute(f"select * from analytics.{mart}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def differences(expected: Rows, found: list[dict]) -> list[str]:
    """What differs, in sentences; rows that are not expected must be empty.

    Empty means zero or null in every expected figure: a daily mart has a row for
    every day, and a case writes down the days on which something happened.
    """
    keys = [column for column in expected[0] if column in KEY_COLUMNS]
    figures = [column for column in expected[0] if column not in KEY_COLUMNS]
    rows = {tuple(text(row[key]) for key in keys): row for row in found}
    said = []
    if len(rows) < len(found):
        said.append(f"{len(found) - len(rows)} rows repeat a key {keys}")
    for answer in expected:
        key = tuple(answer[name] for name in keys)
        row = rows.pop(key, None)
        if row is None:
            said.append(f"no row {dict(zip(keys, key, strict=True))}")
            continue
        said += [
            f"{key} {name}: expected {answer[name]}, found {text(row[name])}"
            for name in figures
            if not same(answer[name], row[name])
        ]
    for key, row in rows.items():
        said += [
            f"{key} {name}: expected nothing, found {text(row[name])}"
            for name in figures
            if row[name] is not None and row[name] != 0
        ]
    return said


def same(answer: str | None, value: object) -> bool:
    if answer is None or value is None:
        return answer is None and value is None
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(answer) == value
    return answer == text(value)


def text(value: object) -> str | None:
    """A value as a case writes it."""
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return str(value).lower() if isinstance(value, bool) else str(value)
