"""Signs of intermediate models turned round: a test or the reference notices each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from random_accounts.differences import differences
from reference import CONTRACT_KEYS, Settings, compute

from faults.catalogue import CATALOGUE
from faults.records import ModelFault
from faults.signs import SIGNS
from faults.warehouse import Warehouse

pytestmark = pytest.mark.xdist_group("signs")


class Nets:
    """dbt's tests on an account, and what the reference computation says of it."""

    def __init__(self, warehouse: Warehouse, variables: dict) -> None:
        self.warehouse = warehouse
        settings = Settings(
            as_of=date.fromisoformat(variables["as_of"]),
            reporting_timezone=variables["reporting_timezone"],
        )
        self.expected = compute({"stripe": self.account()}, settings)

    def account(self) -> dict[str, list[dict]]:
        """The raw rows."""
        tables = self.warehouse.connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'warehouse' and schema_name = 'stripe'"
        ).fetchall()
        return {table: self.rows(f"stripe.{table}") for (table,) in tables}

    def rows(self, relation: str) -> list[dict]:
        cursor = self.warehouse.connection.execute(f"select * from {relation}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def disagreeing(self) -> list[str]:
        """Marts that are not the reference's."""
        return [
            mart
            for mart, keys in CONTRACT_KEYS.items()
            for _ in islice(
                differences(
                    mart, keys, self.expected[mart], self.rows(f"analytics.{mart}")
                ),
                1,
            )
        ]

    def notice(self, fault: ModelFault) -> tuple[list[str], list[str]]:
        """Tests that notice a fault, and marts in which the reference does."""
        with self.warehouse.injected(fault) as said:
            broken = any(": " in name for name in said)
            return list(said), [] if broken else self.disagreeing()


@pytest.fixture(scope="module")
def nets(
    account: Path, variables: dict, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Nets]:
    folder = tmp_path_factory.mktemp("signs")
    variables |= {"segment_event_sources": [], "identity_metadata_column": None}
    harmless = ModelFault("none", "fct_charges", "is_failed", "is_failed", ())
    warehouse = Warehouse(account, folder, variables, [*SIGNS, harmless])
    nets = Nets(warehouse, variables)
    assert nets.notice(harmless) == ([], [])
    yield nets
    warehouse.connection.close()


@pytest.mark.long
@pytest.mark.parametrize("fault", SIGNS, ids=[sign.name for sign in SIGNS])
def test_a_turned_sign_is_noticed(fault: ModelFault, nets: Nets) -> None:
    tests, marts = nets.notice(fault)
    print(f"{fault.name}: {len(tests)} dbt tests {tests[:3]}, reference in {marts[:3]}")
    assert tests or marts


def test_there_are_twenty_signs_of_their_own() -> None:
    assert len({sign.name for sign in SIGNS}) == len(SIGNS) >= 20
    assert not {sign.name for sign in SIGNS} & {fault.name for fault in CATALOGUE}
