"""Invoices, refunds and keys of the reference against figures worked out by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from reference import Settings
from reference.test_reference import (
    NOON,
    SETTINGS,
    charge,
    column,
    dispute,
    moved,
    only,
    refund,
    run,
)

DAY = timedelta(days=1)
APRIL = datetime(2026, 4, 2)


def invoice(number: int = 1, **columns) -> dict:
    """A paid invoice of 100.00 usd at noon of 2026-03-10, unless told."""
    row = {"id": f"in_{number}", "created": NOON, "currency": "usd", "total": 10000}
    return row | {"status": "paid"} | columns


def test_an_empty_text_is_nothing():
    empty = {"invoice_id": "", "payment_intent_id": "", "customer_id": ""}
    empty |= {"balance_transaction_id": "", "failure_code": ""}
    marts = run(
        charges=[charge(1, **empty), charge(2, **empty, status="failed")],
        payment_intents=[{"id": "pi_1", "invoice_id": "", "created": NOON}],
        invoices=[invoice(charge_id="", status="", paid=True)],
    )
    assert column(marts["fct_payments"], "payment_id") == ["ch_1", "ch_2"]
    assert only(marts["fct_invoices"])["is_status_derived"]
    assert marts["customer_lookup"] == []


def test_the_key_of_a_line_is_its_invoice_and_its_id():
    rows = [{"id": "sub_1", "invoice_id": f"in_{n}", "amount": n} for n in (1, 2, 1)]
    rows[2] |= {"amount": 3, "received_at": NOON}
    marts = run(invoices=[invoice(1), invoice(2)], invoice_lines=rows)
    amounts = column(marts["fct_invoice_line_items"], "amount")
    assert amounts == [Decimal("0.03"), Decimal("0.02")]


def test_without_a_subtotal_no_discount_is_known():
    both = {"id": "il_1", "invoice_id": "in_1", "tax_rates": "txr_in, txr_on"}
    rates = [{"id": "txr_in", "inclusive": True}, {"id": "txr_on", "percentage": 20}]
    lines, made = [both | {"amount": 1000}], invoice(total=3000, tax=300)
    marts = run(invoices=[made], invoice_lines=lines, tax_rates=rates)
    assert only(marts["fct_invoices"])["exclusive_tax"] == 2


def test_an_invoice_of_a_test_mode_subscription_is_test_data():
    account = {
        "subscriptions": [{"id": "sub_1", "livemode": False, "created": NOON}],
        "invoices": [invoice(1, subscription_id="sub_1"), invoice(2)],
    }
    assert column(run(**account)["fct_invoices"], "invoice_id") == ["in_2"]
    asked = Settings(as_of=SETTINGS.as_of, include_test_mode=True)
    assert len(run(asked, **account)["fct_invoices"]) == 2


def test_a_charge_without_invoice_is_of_its_intents():
    intents = [{"id": "pi_1", "invoice_id": "in_2", "created": NOON}]
    intents.append(
        {"id": "pi_2", "invoice_id": "in_3", "created": datetime(2026, 5, 1)}
    )
    charges = [
        charge(1, payment_intent_id="pi_1"),
        charge(2, payment_intent_id="pi_1", invoice_id="in_1"),
        charge(3, payment_intent_id="pi_2"),
    ]
    named = [invoice(9, charge_id=f"ch_{number}") for number in (1, 3)]
    named = [named[0] | {"id": "in_8"}, named[1]]
    marts = run(charges=charges, payment_intents=intents, invoices=named)
    found = column(marts["fct_charges"], "invoice_id")
    assert found == ["in_2", "in_1", "in_3"]


def test_home_currency_is_one_everywhere():
    late = {"id": "cus_1", "currency": "jpy", "created": datetime(2026, 5, 1)}
    both = {"customer_id": "cus_1", "status": "open"}
    marts = run(
        customers=[late],
        invoices=[invoice(2, currency="eur", **both), invoice(3, **both)],
    )
    for mart in ("customer_lookup", "customer_lifetime_value"):
        assert column(marts[mart], "home_currency") == ["eur", "eur"]
        assert column(marts[mart], "currency") == ["eur", "usd"]
    months = {row["currency"]: row for row in marts["executive_summary_monthly"][-2:]}
    assert months["eur"]["past_due_customer_count"] == 1
    assert months["usd"]["past_due_customer_count"] == 0


@pytest.mark.parametrize("made", [refund, dispute])
def test_in_another_currency_than_the_charge(made):
    other = made(amount=400, currency="eur", status="succeeded")
    collection = "refunds" if made is refund else "disputes"
    marts = run(charges=[charge(customer_id="cus_1")], **{collection: [other]})
    row = only(marts["fct_charges"])
    assert (row["refunded_amount"], row["disputed_amount"]) == (0, 0)
    assert row["refund_count"] + row["dispute_count"] == 1
    name = "refund_amount" if made is refund else "dispute_amount"
    of = {row["currency"]: row[name] for row in marts["customer_lookup"]}
    assert of == {"eur": 4, "usd": 0}
    days = marts["finance_operations_daily"]
    on = {(r["reporting_date"], r["currency"]): r for r in days}
    charged, later = NOON.date(), other["created"].date()
    cohort = "refunded_charge_amount" if made is refund else "cohort_dispute_amount"
    assert [on[day, "eur"][name] for day in (charged, later)] == [0, 4]
    assert [on[day, "eur"][cohort] for day in (charged, later)] == [4, 0]
    assert [on[charged, "usd"][column] for column in (name, cohort)] == [0, 0]


@pytest.mark.parametrize(
    ("kind", "amount", "counted"),
    [
        ("payment_refund", -2000, True),
        ("payment_refund", 2000, False),
        ("refund_failure", 2000, False),
        ("payment_failure_refund", -2000, False),
    ],
)
def test_what_a_refund_moved_says_what_it_is(kind, amount, counted):
    for link in ({"source": "re_1"}, {"source": None}):
        marts = run(
            charges=[charge()],
            refunds=[refund(balance_transaction_id="txn_1")],
            balance_transactions=[moved(type=kind, amount=amount, **link)],
        )
        row = only(marts["fct_refunds"])
        assert row["is_counted"] is counted
        assert row["is_failed"] is (not counted and kind != "payment_failure_refund")


def test_the_return_of_a_failed_payment_is_none_of_the_refunds_whatever_its_status():
    marts = run(
        charges=[charge(status="failed")],
        refunds=[refund(status="succeeded", balance_transaction_id="txn_1")],
        balance_transactions=[moved(type="payment_failure_refund", source=None)],
    )
    assert only(marts["fct_charges"])["refund_count"] == 0
    assert marts["fct_balance_transactions"][0]["reporting_category"] == (
        "charge_failure"
    )


SHOWN = moved(2, type="refund", amount=-3000)


@pytest.mark.parametrize(
    ("refunds", "transactions", "released", "categories"),
    [
        # The balance shows nothing: the earliest equal one.
        ([{}, {}], [], [True, False], []),
        # A transaction of its own: refunds that name others are refunds.
        (
            [{"balance_transaction_id": "txn_3"}],
            [SHOWN],
            [False],
            ["partial_capture_reversal"],
        ),
        # One without a transaction may be what it moved: then it is no reversal.
        ([{}], [SHOWN], [True], ["refund"]),
        # Unless its own words say so.
        (
            [{}, {"balance_transaction_id": "txn_3"}],
            [SHOWN | {"description": "Partial capture"}],
            [True, False],
            ["partial_capture_reversal"],
        ),
        # The release itself names it.
        (
            [{"balance_transaction_id": "txn_2"}, {"balance_transaction_id": "txn_3"}],
            [SHOWN | {"source": "re_1"}],
            [True, False],
            ["partial_capture_reversal"],
        ),
        ([{"currency": "eur"}], [], [False], []),
    ],
)
def test_which_refund_is_the_release(refunds, transactions, released, categories):
    marts = run(
        charges=[charge(amount_captured=7000)],
        refunds=[
            refund(number, amount=3000) | row for number, row in enumerate(refunds, 1)
        ],
        balance_transactions=transactions,
    )
    assert column(marts["fct_refunds"], "is_release") == released
    found = column(marts["fct_balance_transactions"], "reporting_category")
    assert found == categories


@pytest.mark.parametrize(
    ("columns", "amount"),
    [
        ({"amount": 3000}, 100),
        ({"amount": 2999}, 70),
        ({"amount": 2999, "currency": "eur"}, 100),
        ({"amount": 3000, "balance_transaction_id": "txn_9"}, 70),
        ({"amount": 3000, "created": datetime(2026, 5, 1)}, 70),
        ({"amount": 3000, "charge_id": "ch_2"}, 70),
    ],
)
def test_a_transaction_on_the_charge_is_a_reversal_unless_a_refund_could_be_it(
    columns, amount
):
    marts = run(
        charges=[charge()],
        refunds=[refund() | columns],
        balance_transactions=[moved(1), SHOWN],
    )
    assert only(marts["fct_charges"])["gross_amount"] == amount


def test_what_one_charge_names_is_not_another_ones():
    marts = run(
        charges=[charge(1), charge(2, balance_transaction_id="txn_1")],
        balance_transactions=[moved(1, amount=9000, available=NOON + DAY)],
    )
    rows = marts["fct_charges"]
    assert column(rows, "gross_amount") == [100, 90]
    assert column(rows, "days_to_settlement") == [None, 1]


RATES = [
    {"id": "txr_in", "inclusive": True, "percentage": 20},
    {"id": "txr_on", "inclusive": False, "percentage": 10},
]


@pytest.mark.parametrize(
    ("lines", "columns", "discount"),
    [
        # 120 with 20 inside; none.
        ([(12000, "txr_in")], {"subtotal": 12000, "tax": 2000, "total": 12000}, 0),
        ([(12000, "txr_in")], {"subtotal": 12000, "tax": 1000, "total": 6000}, 60),
        ([(10000, "txr_on")], {"subtotal": 10000, "tax": 1000, "total": 11000}, 0),
        ([(10000, '["txr_on"]')], {"subtotal": 10000, "tax": 500, "total": 5500}, 50),
        # No line names one: by the totals.
        ([], {"subtotal": 12000, "tax": 2000, "total": 12000}, 0),
        ([], {"subtotal": 12000, "tax": 2000, "total": 11000}, 30),
        ([], {"subtotal": 12000, "tax": None, "total": 12000}, 0),
        ([(12000, "gone")], {"subtotal": 12000, "tax": 2000, "total": 12000}, 0),
        # Both: 100 with 20 % inside and 100 with 10 on top.
        (
            [(10000, "txr_in"), (10000, "txr_on")],
            {"subtotal": 20000, "tax": 2667, "total": 21000},
            0,
        ),
        # The same at half the price.
        (
            [(10000, "txr_in"), (10000, "txr_on")],
            {"subtotal": 20000, "tax": 1333, "total": 10500},
            100,
        ),
        (
            [(10000, "txr_in"), (10000, "txr_on")],
            {"subtotal": 20000, "tax": 300, "total": 19000},
            13,
        ),
        ([], {"subtotal": None, "tax": 0, "total": 100}, None),
    ],
)
def test_discount_of_an_invoice(lines, columns, discount):
    rows = [
        {"id": f"il_{number}", "invoice_id": "in_1", "amount": amount}
        | {"tax_rates": rates}
        for number, (amount, rates) in enumerate(lines)
    ]
    marts = run(invoices=[invoice(**columns)], invoice_lines=rows, tax_rates=RATES)
    assert only(marts["fct_invoices"])["discount"] == discount


def closings(as_of: date, **account) -> dict[int, tuple]:
    """What was paid, guessed and left of a month, by month."""
    rows = run(Settings(as_of=as_of), **account)["receivables_monthly"]
    figures = ("paid_amount", "estimated_amount", "closing_amount")
    return {
        row["reporting_month"].month: tuple(row[name] for name in figures)
        for row in rows
    }


def test_what_was_owed_at_a_months_end_is_aged_by_that_day():
    # Due on 10 February; 30 paid in March, so that 40 is 49 days late on 31 March.
    late = invoice(total=7000, due_date=datetime(2026, 2, 10), status="paid")
    late |= {"created": datetime(2026, 1, 10)}
    charges = [
        charge(1, amount=3000, invoice_id="in_1"),
        charge(2, amount=4000, invoice_id="in_1", created=APRIL),
    ]
    rows = run(invoices=[late], charges=charges)["receivables_monthly"]
    columns = ("current_amount", "days_1_30_amount", "days_31_60_amount")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        (70, 0, 0),
        (0, 70, 0),
        (0, 0, 40),
        (0, 0, 0),
    ]
    assert column(rows, "is_ageing_estimated") == [True, True, True, False]


def test_each_charge_pays_on_its_own_day_and_the_last_is_cut():
    charges = [
        charge(1, amount=3000, invoice_id="in_1"),
        charge(2, amount=9000, invoice_id="in_1", created=APRIL),
        charge(3, amount=9000, invoice_id="in_1", created=APRIL, currency="eur"),
    ]
    account = {"invoices": [invoice()], "charges": charges}
    assert closings(SETTINGS.as_of, **account) == {3: (30, 0, 70), 4: (70, 0, 0)}
    assert closings(date(2026, 3, 31), **account) == {3: (30, 0, 70)}


def test_what_no_charge_explains_is_paid_on_creation():
    charges = [charge(1, amount=3000, invoice_id="in_1", created=APRIL)]
    account = {"invoices": [invoice()], "charges": charges}
    assert closings(SETTINGS.as_of, **account) == {3: (70, 70, 30), 4: (30, 0, 0)}
    assert closings(date(2026, 3, 31), **account) == {3: (70, 70, 30)}
    row = only(run(**account)["fct_invoices"])
    assert row["is_date_estimated"]


def test_what_a_later_reversal_says_is_not_known_yet():
    charges = [charge(1, invoice_id="in_1")]
    moves = [moved(1), moved(2, type="refund", amount=-3000, created=APRIL)]
    account = {"invoices": [invoice()], "charges": charges}
    account |= {"refunds": [refund(charge_id="ch_9")], "balance_transactions": moves}
    assert closings(SETTINGS.as_of, **account)[3] == (100, 30, 0)
    assert closings(date(2026, 3, 31), **account)[3] == (100, 0, 0)


def test_whose_a_charge_is_does_not_change_with_the_day():
    account = {
        "invoices": [
            invoice(1, charge_id="ch_1", created=APRIL),
            invoice(2, charge_id="ch_1"),
        ],
        "charges": [charge(1, created=APRIL)],
    }
    march = closings(date(2026, 3, 31), **account)
    assert march == {3: (100, 100, 0)}
    assert closings(SETTINGS.as_of, **account)[3] == march[3]


@pytest.mark.parametrize("status", ["paid", "open"])
def test_an_invoice_charged_after_the_day_is_open_then(status):
    left = 0 if status == "paid" else 2000
    charges = [
        charge(1, amount=3000, invoice_id="in_1"),
        charge(2, amount=7000 - left, invoice_id="in_1", created=APRIL),
    ]
    row = invoice(status=status, amount_remaining=left, amount_paid=10000 - left)
    account = {"invoices": [row], "charges": charges}
    now = only(run(**account)["fct_invoices"])
    assert (now["status"], now["outstanding_amount"]) == (status, left / 100)
    then = only(run(Settings(as_of=date(2026, 3, 31)), **account)["fct_invoices"])
    assert (then["status"], then["is_paid"], then["days_past_due"]) == (
        "open",
        False,
        21,
    )
    assert then["outstanding_amount"] == then["amount_remaining"] == 70
    assert then["amount_paid"] == 30
    assert then["ageing_bucket"] == "1_30"
