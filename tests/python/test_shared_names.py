"""A column name that marts share means one thing, and they agree on it.

On odd random accounts: random_accounts/test_oddness.py.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from harness import shared_names
from harness.project import Project
from harness.shared_names import OTHERWISE, queries


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


def test_only_ids_are_excused_and_each_has_to_be(
    project: Project, compared: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    excused = [(mart, name) for mart, names in OTHERWISE.items() for name in names]
    monkeypatch.setattr(shared_names, "OTHERWISE", {})
    more = queries(project.manifest.writable_manifest().to_dict()).keys() - compared
    assert {name[-3:] for _, name in excused} == {"_id"}
    for mart, column in excused:
        assert [n for n in more if n.startswith(f"{column}: ") and mart in n.split()]


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
