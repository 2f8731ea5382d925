"""The built marts of the sample account against the reference, to the last digit."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness.compare import read_mart
from harness.project import AS_OF
from reference import CONTRACT_KEYS, PEOPLE_KEYS, Settings, compute

from random_accounts.differences import differences, report

Rows = list[dict[str, Any]]
# The sample account spends nothing on advertising.
KEYS = {
    mart: keys
    for mart, keys in (CONTRACT_KEYS | PEOPLE_KEYS).items()
    if mart != "acquisition_cost"
}


def raw_tables(database: Path, schema: str) -> dict[str, Rows]:
    """Every raw table of a source of the sample account: collection -> rows."""
    with duckdb.connect(str(database)) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = ?",
            [schema],
        ).fetchall()
        return {name: rows(connection, f'{schema}."{name}"') for (name,) in names}


def rows(connection: duckdb.DuckDBPyConnection, relation: str) -> Rows:
    """All rows of a table, as dicts."""
    cursor = connection.execute(f"select * from {relation}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def expected(built_sample: Path) -> dict[str, Rows]:
    """The marts as the reference computes them from the raw tables."""
    settings = Settings(as_of=date.fromisoformat(AS_OF))
    stripe, website = (raw_tables(built_sample, name) for name in ("stripe", "website"))
    return compute({"stripe": stripe}, settings, {"website": website})


@pytest.mark.parametrize("mart", KEYS)
def test_sample_account_agrees_in(
    mart: str, expected: dict[str, Rows], built_sample: Path
) -> None:
    assert expected[mart], "the sample account has no row there"
    found = read_mart(built_sample, mart)
    lines = list(differences(mart, KEYS[mart], expected[mart], found))
    if lines:
        pytest.fail(report(lines), pytrace=False)
