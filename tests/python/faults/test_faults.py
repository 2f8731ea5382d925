"""Every fault of the catalogue is noticed by the dbt tests it names, or handled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.catalogue import CATALOGUE
from faults.records import DataFault, ModelFault
from faults.report import table, verdict
from faults.unit_tests import failed_unit_tests
from faults.warehouse import Warehouse

pytestmark = pytest.mark.xdist_group("faults")
EXPECTED = {
    "assert_nothing_is_dated_after_as_of",
    "references_fct_charges_balance_transaction_id__ref_fct_balance_transactions_",
    "references_fct_invoices_charge_id__ref_fct_charges_",
}
# Their variables are in the SQL as something else than one string, which memory does
# not put right.
OTHER_VARIABLES = {
    "a_month_opens_as_the_month_before_closed",
    "coupons_of_other_durations_lower_mrr_on_request",
    "customers_of_one_address_are_one_person_where_asked_for",
    "other_statuses_recur_on_request",
}
# No catalogue holds it: nothing can notice a customer's new description.
UNNOTICED = DataFault(
    "a description changed",
    ("update stripe.customers set description = 'new' where id = 'cus_plain'",),
    caught_by=("assert_customers_equal_staging",),
)
HARMLESS = ModelFault(
    "a condition said twice",
    "fct_charges",
    "case when is_failed then",
    "case when is_failed and is_failed then",
    caught_by=("assert_charges_equal_staging",),
)


@pytest.fixture(scope="module")
def warehouse(
    account: Path, variables: dict, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Warehouse]:
    """The models on the account, with the models that the catalogue changes."""
    folder = tmp_path_factory.mktemp("faults")
    warehouse = Warehouse(account, folder, variables, [*CATALOGUE, HARMLESS])
    yield warehouse
    warehouse.connection.close()


def test_the_account_itself_has_no_fault(warehouse: Warehouse) -> None:
    # The account goes on after the as-of day, on purpose.
    # Segment delivers some of its rows late.
    assert set(warehouse.baseline) == EXPECTED
    assert {severity for severity, _ in warehouse.baseline.values()} == {"warn"}
    for node in warehouse.nodes:
        sql = node.get("compiled_code")
        if sql:
            failed = set(failed_unit_tests(warehouse, node["name"], sql))
            assert failed <= OTHER_VARIABLES


@pytest.mark.parametrize(
    "share", [4, pytest.param(1, marks=pytest.mark.long)], ids=["some", "all"]
)
def test_every_fault_is_noticed(
    warehouse: Warehouse, request: pytest.FixtureRequest, share: int
) -> None:
    asked = request.config.getoption("fault")
    found = [fault for fault in CATALOGUE if asked in fault.name]
    # One asked for by its name is tried whether it is among some or not.
    wanted = found if asked else found[::share]
    assert wanted, f"no fault of the catalogue is called {asked}"
    verdicts = {fault: verdict(warehouse, fault) for fault in wanted}
    print(table(verdicts))
    wrong = [f"{fault.name}: {said}" for fault, (_, said) in verdicts.items() if said]
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_fault_is_gone_after_it_was_tried(warehouse: Warehouse) -> None:
    fault = next(f for f in CATALOGUE if isinstance(f, DataFault) and f.caught_by)
    assert warehouse.noticed(fault)
    assert warehouse._failures(warehouse.tests) == warehouse.baseline


@pytest.mark.parametrize("fault", [UNNOTICED, HARMLESS], ids=lambda fault: fault.name)
def test_a_fault_that_nothing_notices_is_reported(
    warehouse: Warehouse, fault: DataFault | ModelFault
) -> None:
    assert verdict(warehouse, fault) == ("", "nothing noticed it")
    assert "WRONG: nothing noticed it" in table({fault: verdict(warehouse, fault)})


def test_a_fault_that_another_test_noticed_is_reported(warehouse: Warehouse) -> None:
    fault = DataFault(
        "an unknown currency",
        ("update stripe.charges set currency = 'usx' where id = 'ch_plain'",),
        caught_by=("assert_every_day_is_there",),
    )
    assert verdict(warehouse, fault)[1] == "not noticed by assert_every_day_is_there"


def test_a_fault_that_is_not_handled_is_reported(warehouse: Warehouse) -> None:
    fault = DataFault(
        "a dollar more",
        ("update stripe.charges set amount = amount + 100 where id = 'ch_try_1'",),
        handled="not at all",
        unchanged=("fct_charges",),
        holds=("select false",),
    )
    said = verdict(warehouse, fault)[1]
    assert "fct_charges changed" in said
    assert "not true: select false" in said


def test_faults_have_names_of_their_own() -> None:
    names = [fault.name for fault in CATALOGUE]
    assert len(set(names)) == len(names) >= 70
