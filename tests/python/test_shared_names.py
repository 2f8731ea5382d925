"""A column name that marts share means one thing, and they agree on it.

On odd random accounts: random_accounts/test_oddness.py.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from harness.project import Project
from harness.shared_names import OTHERWISE, find_marts, queries


@pytest.fixture(scope="module")
def compared(project: Project) -> dict[str, str]:
    return queries(project.manifest.writable_manifest().to_dict())


def test_marts_agree_on_the_columns_they_share(
    compared: dict[str, str], built_sample: Path
) -> None:
    assert len(compared) > 100
    with duckdb.connect(str(built_sample)) as connection:
        differing = {
            name: rows[:3]
            for name, sql in compared.items()
            if (rows := connection.execute(sql).fetchall())
        }
    assert not differing, "\n".join(f"{n}: {r[0]}" for n, r in differing.items())


def test_only_ids_of_a_mart_may_name_another(project: Project) -> None:
    marts = find_marts(project.manifest.writable_manifest().to_dict())
    types = {mart.name: mart.types for mart in marts}
    for mart, columns in OTHERWISE.items():
        assert columns <= {name for name in types[mart] if name.endswith("_id")}


@pytest.mark.parametrize(
    ("mart", "column"),
    [
        ("customer_lifetime_value", "home_currency"),
        ("executive_summary_daily", "refund_amount"),
        ("fct_refunds", "customer_id"),
    ],
)
def test_a_mart_that_says_otherwise_is_noticed(
    mart: str, column: str, compared: dict[str, str], built_sample: Path
) -> None:
    with duckdb.connect(str(built_sample)) as connection:
        connection.execute(
            f"create temp table other as select * replace "
            f"(nullif({column}, {column}) as {column}) from analytics.{mart}"
        )
        noticed = [
            name
            for name, sql in compared.items()
            if name.startswith(f"{column}: ")
            and connection.execute(
                sql.replace(f'"warehouse"."analytics"."{mart}"', "temp.other")
            ).fetchall()
        ]
    assert noticed
