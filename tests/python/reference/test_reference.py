"""The reference computation against figures worked out by hand from the definitions."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from reference import CONTRACT_KEYS, Settings, compute, money, time

MODELS = Path(__file__).parents[3] / "models"
NOON = datetime(2026, 3, 10, 12)
SETTINGS = Settings(as_of=date(2026, 4, 10))


def charge(number: int = 1, **columns) -> dict:
    """A captured charge of 100.00 usd at noon of 2026-03-10, unless told."""
    return {
        "id": f"ch_{number}",
        "received_at": NOON,
        "created": NOON,
        "amount": 10000,
        "currency": "usd",
        "status": "succeeded",
        "captured": True,
    } | columns


def refund(number: int = 1, **columns) -> dict:
    """A refund of 20.00 usd of ch_1, a day after it, unless told."""
    return {
        "id": f"re_{number}",
        "received_at": NOON,
        "created": NOON + timedelta(days=1),
        "charge_id": "ch_1",
        "amount": 2000,
        "currency": "usd",
    } | columns


def moved(number: int = 1, **columns) -> dict:
    """A balance transaction in usd, of the charge ch_1, unless told."""
    return {
        "id": f"txn_{number}",
        "received_at": NOON,
        "created": NOON,
        "source": "ch_1",
        "type": "charge",
        "amount": 10000,
        "currency": "usd",
    } | columns


def run(settings: Settings = SETTINGS, **account) -> dict:
    """The marts of one source."""
    return compute({"stripe": account}, settings)


def only(rows: list[dict]) -> dict:
    """The one row of a mart."""
    (row,) = rows
    return row


def column(rows: list[dict], name: str) -> list:
    """One column of a mart, in the order of its key."""
    return [row[name] for row in rows]


@pytest.mark.parametrize("mart", CONTRACT_KEYS)
def test_columns_are_those_of_the_contract(mart):
    contract = yaml.safe_load(next(MODELS.rglob(f"{mart}.yml")).read_text())
    (model,) = [row for row in contract["models"] if row["name"] == mart]
    failed = charge(2, status="failed", invoice_id="in_1")
    invoice = {"id": "in_1", "created": NOON, "currency": "usd", "status": "open"}
    subscribed = {"id": "sub_1", "customer_id": "cus_1", "plan_id": "monthly"}
    subscribed |= {"status": "active", "received_at": NOON, "created": NOON}
    subscribed |= {"trial_end": NOON, "current_period_end": NOON + timedelta(days=60)}
    fee = {"id": "fee_1", "balance_transaction_id": "txn_1", "amount": 1}
    marts = run(
        balance_transaction_fee_details=[fee],
        balance_transactions=[moved()],
        cards=[{"id": "card_1", "customer_id": "cus_1", "last4": "4242"}],
        charges=[charge(), failed],
        customers=[{"id": "cus_1", "created": NOON}],
        disputes=[dispute()],
        invoice_lines=[{"id": "il_1", "invoice_id": "in_1"}],
        invoices=[invoice | {"total": 1, "tax": 1, "customer_id": "cus_1"}],
        plans=[{"id": "monthly", "amount": 1, "interval": "month", "currency": "usd"}],
        refunds=[refund()],
        subscriptions=[subscribed],
    )
    assert sorted(marts[mart][0]) == sorted(row["name"] for row in model["columns"])


@pytest.mark.parametrize(
    ("minor", "currency", "amount"),
    [(1999, "usd", "19.99"), (1999, "jpy", "1999"), (1999, "kwd", "1.999")],
)
def test_minor_units(minor, currency, amount):
    assert money.major(minor, currency) == Decimal(amount)


def test_unknown_currency_has_no_amount():
    assert money.major(1999, "zzz") is None


def test_rounding_is_half_away_from_zero():
    assert money.change(Decimal("-2.0000005") + 1, 1) == Decimal("-2.000001")


def test_change_is_relative_to_the_size_before():
    assert money.change(3, 2) == Decimal("0.5")
    assert money.change(Decimal(-3), Decimal(-2)) == Decimal("-0.5")
    assert money.change(3, 0) is None


def test_timestamps():
    epoch = 1773144000
    assert time.utc(epoch) == datetime(2026, 3, 10, 12)
    late = datetime(2026, 3, 8, 4, 30)
    assert time.date_in(late, "America/New_York") == date(2026, 3, 7)
    assert time.date_in(late, "Asia/Tokyo") == date(2026, 3, 8)


def test_newest_version_wins():
    rows = [
        charge(status="failed", received_at=NOON, uuid_ts=NOON + timedelta(days=9)),
        charge(status="pending", received_at=NOON + timedelta(1), uuid_ts=NOON),
        charge(received_at=NOON + timedelta(1), uuid_ts=NOON + timedelta(2)),
    ]
    assert only(run(charges=rows)["fct_charges"])["status"] == "succeeded"


def test_test_mode_charge_takes_its_refund_along():
    account = {"charges": [charge(livemode=False)], "refunds": [refund()]}
    assert run(**account)["fct_refunds"] == []
    assert run(**account)["executive_summary_daily"] == []
    asked = Settings(as_of=SETTINGS.as_of, include_test_mode=True)
    assert len(run(asked, **account)["fct_refunds"]) == 1


@pytest.mark.parametrize(
    ("columns", "gross"),
    [
        ({}, 100),
        ({"captured": None}, 100),
        ({"captured": False}, 0),
        ({"status": "failed"}, 0),
        ({"status": "pending"}, 0),
        ({"status": "strange"}, 0),
        ({"amount_captured": 7000}, 70),
        ({"amount_captured": 7000, "payment_intent_id": "pi_1"}, 70),
        ({"payment_intent_id": "pi_1"}, 60),
        ({"payment_intent_id": "pi_2"}, 100),
    ],
)
def test_captured_amount(columns, gross):
    intents = [
        {"id": "pi_1", "created": NOON, "amount_received": 6000},
        {"id": "pi_2", "created": NOON, "amount_received": None},
    ]
    marts = run(charges=[charge(**columns)], payment_intents=intents)
    row = only(marts["fct_charges"])
    assert row["gross_amount"] == gross
    assert row["attempted_amount"] == 100


REVERSAL = {"type": "refund", "amount": -3000}
TOLD = REVERSAL | {"description": "Partial capture"}
QUOTED = REVERSAL | {"description": "REFUND FOR CHARGE (Partial capture (1))"}
SAID = REVERSAL | {"reporting_category": "Partial_Capture_Reversal"}


@pytest.mark.parametrize(
    ("transactions", "gross"),
    [
        ([moved()], 100),
        ([moved(), moved(2, **REVERSAL)], 70),
        ([moved(currency="eur"), moved(2, **REVERSAL, currency="eur")], 100),
        ([moved(), moved(2, **REVERSAL, source="re_1")], 100),
        ([moved(), moved(2, **TOLD, source="re_1")], 100),
        ([moved(), moved(2, **TOLD, source="re_1", currency="eur")], 100),
        ([moved(), moved(2, **TOLD)], 70),
        ([moved(), moved(2, **QUOTED, source="re_2")], 100),
        ([moved(), moved(2, **SAID, source="re_1")], 70),
        ([moved(), moved(9, **REVERSAL)], 100),
        ([moved(), moved(2, **REVERSAL, created=NOON + timedelta(90))], 100),
        ([moved(2, **REVERSAL)], 100),
        ([moved(type="payment"), moved(2, type="payment_refund", amount=-1)], 99.99),
    ],
)
def test_captured_amount_by_balance(transactions, gross):
    refunds = [refund(balance_transaction_id="txn_9")]
    marts = run(charges=[charge()], refunds=refunds, balance_transactions=transactions)
    assert float(only(marts["fct_charges"])["gross_amount"]) == gross


def test_own_transaction_is_the_one_that_the_charge_names():
    marts = run(
        charges=[charge(balance_transaction_id="txn_1")],
        balance_transactions=[moved(source=None, amount=9000)],
    )
    assert only(marts["fct_charges"])["gross_amount"] == 90


def test_expired_authorization_is_no_refund():
    marts = run(
        charges=[charge(captured=False, amount_refunded=10000)],
        refunds=[refund(amount=10000)],
    )
    row = only(marts["fct_refunds"])
    assert (row["is_release"], row["refund_amount"], row["refund_count"]) == (
        True,
        0,
        0,
    )
    assert row["requested_amount"] == 100
    row = only(marts["fct_charges"])
    assert row["is_uncaptured"] and row["is_succeeded"] and not row["is_gross"]
    assert row["net_amount"] == 0


def test_earliest_refund_equal_to_the_difference_is_a_release():
    refunds = [
        refund(1, amount=3000, created=NOON + timedelta(days=3)),
        refund(2, amount=3000, created=NOON + timedelta(days=2)),
        refund(3, amount=1000),
        refund(4, amount=3000, created=NOON, status="failed"),
    ]
    marts = run(charges=[charge(amount_captured=7000)], refunds=refunds)
    released = column(marts["fct_refunds"], "is_release")
    assert released == [False, False, False, True]
    row = only(marts["fct_charges"])
    assert (row["gross_amount"], row["refunded_amount"], row["refund_count"]) == (
        70,
        70,
        3,
    )


@pytest.mark.parametrize(
    ("status", "kind", "failed"),
    [
        ("failed", None, True),
        ("canceled", None, True),
        ("pending", None, False),
        ("succeeded", "refund_failure", False),
        (None, "refund_failure", True),
        (None, "adjustment", True),
        (None, "refund", True),
        (None, "payment_refund", True),
        (None, "refund of", False),
    ],
)
def test_failed_refunds(status, kind, failed):
    rows = [moved(source="re_1", type=kind, amount=2000)] if kind else []
    marts = run(
        charges=[charge()],
        refunds=[refund(status=status)],
        balance_transactions=rows,
    )
    row = only(marts["fct_refunds"])
    assert row["is_failed"] is failed
    assert row["refund_amount"] == (0 if failed else 20)
    assert only(marts["fct_charges"])["net_amount"] == (100 if failed else 80)


def test_failure_after_the_as_of_day_is_not_known_yet():
    later = moved(source="re_1", type="refund_failure", created=datetime(2026, 5, 1))
    marts = run(charges=[charge()], refunds=[refund()], balance_transactions=[later])
    assert not only(marts["fct_refunds"])["is_failed"]


def test_date_of_a_refund_without_one():
    dates = {"created": NOON + timedelta(days=5), "source": "re_1", "type": "refund"}
    marts = run(
        charges=[charge()],
        refunds=[
            refund(1, created=None),
            refund(2, created=None),
            refund(3, created=None, charge_id="ch_9"),
        ],
        balance_transactions=[moved(1, **dates)],
    )
    rows = marts["fct_refunds"]
    assert column(rows, "refund_id") == ["re_1", "re_2"]
    assert column(rows, "created_at") == [NOON + timedelta(days=5), NOON]
    assert column(rows, "is_date_estimated") == [True, True]


def test_refunds_inferred_where_the_source_has_none():
    charges = [
        charge(1, amount_refunded=2000),
        charge(2, amount_refunded=5000, amount_captured=7000),
        charge(3, amount_refunded=3000, amount_captured=7000),
        charge(4, amount_refunded=1000, amount_captured=7000),
        charge(5, amount_refunded=10000, captured=False),
        charge(6, amount_refunded=10000, status="failed"),
        charge(7, amount_refunded=0),
    ]
    rows = run(charges=charges)["fct_refunds"]
    assert column(rows, "refund_id") == ["ch_1", "ch_2", "ch_4"]
    assert column(rows, "refund_amount") == [20, 20, 10]
    assert all(row["is_inferred"] and row["is_date_estimated"] for row in rows)
    elsewhere = [refund(charge_id="ch_9")]
    rows = run(charges=charges, refunds=elsewhere)["fct_refunds"]
    assert column(rows, "is_inferred") == [False]


def test_orphan_refund_counts_by_its_own_date():
    marts = run(refunds=[refund(charge_id="ch_9")])
    row = only(marts["fct_refunds"])
    assert (row["charge_reporting_date"], row["customer_id"]) == (None, None)
    day = marts["executive_summary_daily"][0]
    assert (day["refund_amount"], day["net_charge_amount"]) == (20, -20)
    assert (day["refunded_charge_amount"], day["net_charge_cohort_amount"]) == (0, 0)


def test_rows_after_the_as_of_day_are_left_out():
    late = datetime(2026, 4, 11)
    account = {
        "charges": [charge(1), charge(2, created=late)],
        "refunds": [refund(created=late)],
        "customers": [{"id": "cus_1", "created": late}],
    }
    marts = run(**account)
    assert column(marts["fct_charges"], "charge_id") == ["ch_1"]
    assert marts["fct_refunds"] == marts["dim_customers"] == []
    assert marts["executive_summary_daily"][-1]["reporting_date"] == SETTINGS.as_of
    new_york = Settings(as_of=SETTINGS.as_of, reporting_timezone="America/New_York")
    assert len(run(new_york, **account)["fct_charges"]) == 2


def test_retries_are_one_payment():
    day = timedelta(days=1)
    failed = {"status": "failed", "failure_code": "card_declined"}
    charges = [
        charge(1, **failed, payment_intent_id="pi_1", invoice_id="in_1"),
        charge(2, **failed, payment_intent_id="pi_1", created=NOON + day),
        charge(
            3, payment_intent_id="pi_1", created=NOON + 2 * day, amount_captured=9000
        ),
        charge(4, **failed, invoice_id="in_2"),
        charge(5, status="pending", invoice_id="in_2", created=NOON + day),
        charge(6, status="strange"),
        charge(7, captured=False),
        charge(8, **failed),
    ]
    marts = run(charges=charges)
    rows = {row["payment_id"]: row for row in marts["fct_payments"]}
    assert {key: row["status"] for key, row in rows.items()} == {
        "pi_1": "succeeded",
        "in_2": "pending",
        "ch_6": "unknown",
        "ch_7": "succeeded",
        "ch_8": "failed",
    }
    retried = rows["pi_1"]
    assert (retried["attempt_count"], retried["payment_amount"]) == (3, 90)
    assert (retried["is_recovered"], retried["first_failure_code"]) == (
        True,
        "card_declined",
    )
    assert retried["created_at"] == NOON
    assert retried["succeeded_at"] == NOON + 2 * day
    assert (rows["ch_7"]["payment_amount"], rows["ch_7"]["gross_amount"]) == (100, 0)
    summary = marts["executive_summary_daily"][0]
    assert summary["payment_success_rate"] == Decimal("0.666667")
    assert summary["charge_success_rate"] == Decimal("0.25")


def test_home_currency():
    charges = [
        charge(1, customer_id="cus_2", currency="eur"),
        charge(2, customer_id="cus_2", currency="jpy", created=NOON - timedelta(1)),
        charge(3, customer_id="cus_3", currency="kwd", created=datetime(2026, 5, 1)),
    ]
    invoices = [{"id": "in_1", "customer_id": "cus_3", "currency": "eur", "date": NOON}]
    customers = [
        {"id": "cus_1", "currency": "USD ", "created": NOON},
        {"id": "cus_2", "created": NOON},
        {"id": "cus_3", "account_balance": "-150"},
        {"id": "cus_4", "is_deleted": True},
    ]
    accounts = [
        {"id": "acct_1"},
        {"id": "acct_3", "default_currency": "usd"},
        {"id": "acct_2", "default_currency": "kwd"},
    ]
    account = {"charges": charges, "invoices": invoices, "customers": customers}
    marts = run(**account, accounts=accounts)
    assert column(marts["dim_customers"], "currency") == ["usd", "jpy", "eur", "kwd"]
    assert marts["dim_customers"][2]["balance_amount"] == Decimal("-1.5")
    assert column(marts["dim_customers"], "is_deleted") == [False, False, False, True]
    days = marts["executive_summary_daily"]
    assert sum(row["new_customer_count"] for row in days) == 2
    assert run(**account)["dim_customers"][3]["currency"] == "jpy"
    assert only(run(customers=[{"id": "cus_1"}])["dim_customers"])["currency"] == "usd"


def test_unknown_currency_counts_but_has_no_amounts():
    account = {"charges": [charge(currency="zzz")], "refunds": [refund(currency="zzz")]}
    marts = run(**account)
    row = only(marts["fct_charges"])
    assert (row["attempted_amount"], row["failed_amount"]) == (None, None)
    assert (row["net_amount"], row["refund_count"]) == (None, 1)
    first, second, third = marts["executive_summary_daily"][:3]
    assert (first["attempted_charge_count"], first["gross_charge_amount"]) == (1, None)
    assert (second["refund_count"], second["refund_amount"]) == (1, None)
    assert (third["refund_count"], third["refund_amount"]) == (0, None)


def test_calendar_has_every_day_and_currency_of_its_source():
    eur = charge(2, currency="eur", created=NOON + timedelta(days=30))
    marts = compute(
        {"stripe": {"charges": [charge(), eur]}, "other": {"charges": [charge()]}},
        SETTINGS,
    )
    days = marts["executive_summary_daily"]
    assert len(days) == 32 + 2 * 32
    assert {row["currency"] for row in days if row["source_relation"] == "other"} == {
        "usd"
    }
    assert days[0]["reporting_week"] == date(2026, 3, 9)


def test_months_are_compared_with_the_days_before():
    charges = [
        charge(1, created=datetime(2026, 2, 5), amount=1000),
        charge(2, created=datetime(2026, 3, 10, 23), amount=3000),
        charge(3, created=datetime(2026, 3, 11), status="failed"),
        charge(4, created=datetime(2026, 4, 10), amount=1000),
    ]
    february, march, april = run(charges=charges)["executive_summary_monthly"]
    assert february["previous_gross_charge_amount"] is None
    assert february["gross_charge_amount_change"] is None
    assert march["previous_gross_charge_amount"] == 10
    assert march["gross_charge_amount_change"] == 2
    assert march["charge_success_rate"] == Decimal("0.5")
    assert march["charge_success_rate_change"] == Decimal("-0.5")
    assert march["failed_charge_count_change"] is None
    assert april["previous_attempted_charge_count"] == 1
    assert april["gross_charge_amount_change"] == Decimal("-0.666667")
    assert april["charge_success_rate_change"] == 0


def test_as_of_month_longer_than_the_month_before():
    settings = Settings(as_of=date(2026, 3, 31))
    charges = [charge(1, created=datetime(2026, 2, 28, 23)), charge(2)]
    march = run(settings, charges=charges)["executive_summary_monthly"][-1]
    assert march["previous_gross_charge_amount"] == 100


def dispute(number: int = 1, **columns) -> dict:
    """A dispute of all of ch_1, five days after it, unless told."""
    return {
        "id": f"du_{number}",
        "received_at": NOON,
        "created": NOON + timedelta(days=5),
        "charge_id": "ch_1",
        "amount": 10000,
        "currency": "usd",
    } | columns


@pytest.mark.parametrize(
    ("columns", "category"),
    [
        ({"type": "charge"}, "charge"),
        ({"type": " Payment"}, "charge"),
        ({"type": "refund", "source": "re_1"}, "refund"),
        (
            {"type": "refund", "description": "partial capture"},
            "partial_capture_reversal",
        ),
        # What brings money back is a refund that failed, and one of nothing is none.
        (
            {"type": "refund", "source": "ch_1", "amount": -700},
            "partial_capture_reversal",
        ),
        ({"type": "refund", "source": "ch_1", "amount": 700}, "refund"),
        ({"type": "refund", "source": "ch_1", "amount": 0}, "refund"),
        ({"type": "charge", "reporting_category": " Fee"}, "fee"),
        ({"type": "adjustment", "source": "du_1", "amount": 1}, "dispute_reversal"),
        ({"type": "adjustment", "source": "du_1", "amount": 0}, "dispute"),
        ({"type": "adjustment", "source": "du_2", "amount": -1}, "dispute"),
        (
            {"type": "adjustment", "source": "re_1", "description": "dispute"},
            "refund_failure",
        ),
        ({"type": "adjustment", "description": "a CHARGEBACK"}, "dispute_reversal"),
        ({"type": "adjustment", "description": "Failed refund"}, "refund_failure"),
        ({"type": "adjustment", "description": "refund of a fee"}, "fee"),
        ({"type": "adjustment", "description": "refund"}, "unclassified"),
        ({"type": "adjustment"}, "unclassified"),
        ({"type": "odd"}, "unclassified"),
        ({"type": None}, "unclassified"),
    ],
)
def test_reporting_category(columns, category):
    marts = run(
        charges=[charge(1, amount_captured=10000, dispute_id="du_2")],
        refunds=[refund()],
        disputes=[dispute()],
        balance_transactions=[moved(**columns)],
    )
    row = only(marts["fct_balance_transactions"])
    assert row["reporting_category"] == category


def test_charge_of_a_balance_transaction():
    charges = [
        charge(1),
        charge(2, balance_transaction_id="txn_1"),
        charge(3, balance_transaction_id="txn_1"),
        charge(4, dispute_id="du_2", created=NOON + timedelta(days=1)),
    ]
    refunds = [refund(1, charge_id="ch_9", balance_transaction_id="txn_6")]
    transactions = [
        moved(1),
        moved(2),
        moved(3, source="re_1"),
        moved(4, source="du_1"),
        moved(5, source="du_2"),
        moved(6, source="po_1"),
        moved(7, source="ch_8"),
        moved(8, source=None),
    ]
    marts = run(
        charges=charges,
        refunds=refunds,
        disputes=[dispute(1), dispute(2, charge_id=None)],
        balance_transactions=transactions,
    )
    rows = marts["fct_balance_transactions"]
    assert column(rows, "charge_id") == [
        "ch_2", "ch_1", "ch_9", "ch_1", "ch_4", "ch_9", None, None,
    ]  # fmt: skip
    assert column(rows, "refund_id") == [
        None, None, "re_1", None, None, "re_1", None, None,
    ]  # fmt: skip
    assert column(rows, "dispute_id")[3:5] == ["du_1", "du_2"]
    assert column(marts["fct_disputes"], "charge_id") == ["ch_1", "ch_4"]


def test_net_is_delivered_or_amount_less_fee():
    rows = [moved(1, net=1, fee=5), moved(2, fee=5), moved(3)]
    marts = run(balance_transactions=rows)
    nets = column(marts["fct_balance_transactions"], "net_amount")
    assert nets == [Decimal("0.01"), Decimal("99.95"), Decimal("100")]


def test_net_volume_without_the_table_is_not_known():
    marts = run(charges=[charge()], disputes=[dispute()])
    row = only(marts["fct_charges"])
    assert (row["net_volume_amount"], row["fee_amount"]) == (None, None)
    assert only(marts["fct_disputes"])["withdrawn_amount"] is None
    assert marts["executive_summary_daily"][0]["net_volume_amount"] is None
    elsewhere = moved(source="ch_9", created=datetime(2026, 5, 1))
    marts = run(charges=[charge()], balance_transactions=[elsewhere])
    assert only(marts["fct_charges"])["net_volume_amount"] == 0
    assert marts["executive_summary_daily"][0]["net_volume_amount"] == 0


def test_test_mode_charge_takes_its_money_along():
    account = {
        "charges": [charge(livemode=False, balance_transaction_id="txn_1")],
        "refunds": [refund()],
        "disputes": [dispute()],
        "balance_transactions": [
            moved(1, source=None),
            moved(2),
            moved(3, source="re_1"),
            moved(4, source="du_1"),
        ],
    }
    marts = run(**account)
    assert marts["fct_balance_transactions"] == marts["fct_disputes"] == []
    asked = Settings(as_of=SETTINGS.as_of, include_test_mode=True)
    assert len(run(asked, **account)["fct_balance_transactions"]) == 4


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        ("lost", True),
        ("won", True),
        ("prevented", True),
        (None, True),
        ("warning_closed", False),
        ("warnings", True),
    ],
)
def test_disputes_count_but_warnings(status, counted):
    marts = run(charges=[charge()], disputes=[dispute(status=status)])
    row = only(marts["fct_disputes"])
    assert (row["is_counted"], row["dispute_amount"]) == (counted, 100 * counted)
    assert only(marts["fct_charges"])["dispute_count"] == counted


def test_transaction_on_the_charge_of_its_one_dispute():
    moves = [
        moved(1, type="adjustment", amount=-10000, fee=1500, source="du_1"),
        moved(2, type="adjustment", amount=9000, description="dispute won"),
    ]
    account = {"charges": [charge()], "balance_transactions": moves}
    row = only(run(**account, disputes=[dispute()])["fct_disputes"])
    assert (row["withdrawn_amount"], row["reinstated_amount"]) == (100, 90)
    assert row["dispute_fee_amount"] == 15
    rows = run(**account, disputes=[dispute(), dispute(2)])["fct_disputes"]
    assert column(rows, "reinstated_amount") == [0, 0]
    moves[1]["currency"] = "eur"
    row = only(run(**account, disputes=[dispute()])["fct_disputes"])
    assert (row["settlement_currency"], row["withdrawn_amount"]) == (None, None)


def test_days_of_a_payment():
    hour = timedelta(hours=1)
    failed = {"status": "failed", "failure_code": "expired_card"}
    charges = [
        charge(1, **failed, payment_intent_id="pi_1"),
        charge(
            2,
            payment_intent_id="pi_1",
            created=NOON + 36 * hour,
            received_at=NOON + 48 * hour,
            balance_transaction_id="txn_2",
        ),
    ]
    intents = [{"id": "pi_1", "created": NOON - 12 * hour}]
    invoices = [{"id": "in_1", "charge_id": "ch_2", "created": NOON - 6 * hour}]
    invoices += [{"id": "in_2", "charge_id": "ch_2", "created": NOON - 60 * hour}]
    transactions = [
        moved(1, source="ch_2", available=NOON + 84 * hour),
        moved(2, type="odd", source=None, available=NOON + 60 * hour),
        moved(3, type="odd", source="ch_2", available=NOON),
    ]
    account = {"charges": charges, "balance_transactions": transactions}
    rows = run(**account, payment_intents=intents, invoices=invoices)["fct_charges"]
    days = ("days_to_payment", "days_to_settlement", "days_to_fulfillment")
    assert [rows[1][name] for name in days] == [2, 1, 3]
    assert [rows[0][name] for name in days] == [None, None, None]
    assert column(rows, "days_to_sync") == [0, Decimal("0.5")]
    assert column(rows, "invoice_id") == [None, "in_1"]
    assert column(rows, "is_retryable") == [False, None]
    assert run(**account)["fct_charges"][1]["days_to_payment"] == Decimal("1.5")


def test_days_are_rounded_once():
    second = timedelta(seconds=1)
    assert time.days_between(NOON, NOON + second) == Decimal("0.000012")
    assert time.days_between(NOON + second, NOON) == Decimal("-0.000012")
    half = timedelta(microseconds=43200)
    assert time.days_between(NOON, NOON + half) == Decimal("0.000001")
    assert time.days_between(None, NOON) is None


def test_percentiles():
    values = [Decimal(5), Decimal(0), Decimal("0.25"), Decimal("1.5")]
    assert money.percentile(values, 50) == Decimal("0.875")
    assert money.percentile(values, 90) == Decimal("3.95")
    assert money.percentile(values[:1], 90) == 5
    assert money.percentile([], 50) is None


def test_weeks_without_charges_are_there():
    charges = [charge(1, created=datetime(2025, 12, 31)), charge(2, status="failed")]
    marts = run(charges=charges)
    rows = marts["finance_operations_fulfillment_weekly"]
    assert len(rows) == 15
    assert rows[0]["reporting_week"] == date(2025, 12, 29)
    assert (rows[0]["charge_count"], rows[0]["median_days_to_payment"]) == (1, 0)
    assert (rows[10]["charge_count"], rows[10]["mean_days_to_payment"]) == (0, None)


def test_reasons_of_first_failures():
    failed = {"status": "failed", "amount": 300}
    charges = [
        charge(1, **failed, failure_code="card_declined", payment_intent_id="pi_1"),
        charge(2, payment_intent_id="pi_1", created=NOON + timedelta(days=1)),
        charge(3, **failed),
        charge(4, **failed, failure_code="odd"),
    ]
    rows = run(charges=charges)["finance_operations_failure_reasons"]
    assert column(rows, "failure_code") == ["card_declined", "odd", "unknown"]
    assert column(rows, "category") == ["bank_declined", "unknown", "unknown"]
    assert column(rows, "recovered_amount") == [100, 0, 0]
    assert column(rows, "charge_amount") == [3, 3, 3]
