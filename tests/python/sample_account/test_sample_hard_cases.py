"""The default account holds every collection, column and hard case."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest
from account_files import opened

from sample_account.load import filled_columns
from sample_account.schema import STRIPE, WEBSITE, columns

MAY_BE_ABSENT = {
    # lasts less than a day
    "subscription: incomplete",
    # a few in a thousand customers, so none on some days
    "refund: in test mode",
}


def test_every_hard_case_occurs(default_account):
    _, account = default_account
    missing = {
        name for name, case in account["hard_cases"].items() if not case["count"]
    }
    assert missing <= MAY_BE_ABSENT


@pytest.mark.parametrize("schema, tables", [("stripe", STRIPE), ("website", WEBSITE)])
def test_every_column_is_filled(default_account, schema, tables):
    folder, _ = default_account
    missing = []
    for name, spec in tables.items():
        parts = sorted((folder / schema / name).glob("part-*.parquet"))
        filled = set(filled_columns(parts))
        missing += [
            f"{name}.{column}" for column in columns(spec) if column not in filled
        ]
    assert missing == []


def test_described_rows_are_the_files_rows(default_account):
    folder, account = default_account
    for name, rows in account["rows"].items():
        schema, table = name.split(".")
        parts = (folder / schema / table).glob("part-*.parquet")
        assert sum(pq.read_metadata(part).num_rows for part in parts) == rows


SPANNING = {
    "two currencies in one day": """
        select created::date from stripe.charges
        group by all having count(distinct currency) > 1
    """,
    "a week that spans the year's end": """
        select id from stripe.charges
        where yearweek(created) <> year(created) * 100 + week(created)
    """,
    "New York day is another than the UTC day": """
        select id from stripe.charges
        where (created at time zone 'UTC' at time zone 'America/New_York')::date
            <> created::date
    """,
    "charges on the days of daylight-saving changes": """
        select id from stripe.charges
        where created::date in ('2026-03-08', '2025-11-02', '2026-03-29')
    """,
    "settlement in another currency": """
        select c.id from stripe.charges c
        join stripe.balance_transactions b on b.id = c.balance_transaction_id
        where b.currency <> c.currency
    """,
    "duplicate rows": """
        select id from delivered.charges group by id having count(*) > 1
    """,
    "rows that differ only in time": """
        select id from delivered.invoices group by id
        having count(distinct received_at) > 1
    """,
    "rows not heard of yet": "select id from truth.late_rows where not is_delivered",
    "rows heard of days late": """
        select id from truth.late_rows
        where is_delivered and received_at > created + interval 1 day
    """,
    "two customers with one e-mail": """
        select lower(trim(email)) from stripe.customers
        where email is not null group by all having count(*) > 1
    """,
    "an e-mail in capitals": """
        select id from stripe.customers where email = upper(email)
    """,
    "an ended coupon": """
        select s.id from stripe.subscriptions s
        join stripe.discounts d on d.id = s.discount_id
        join stripe.coupons c on c.id = d.coupon_id
        where c.duration = 'forever' and d."end" < '2026-10-20'
    """,
    "a customer's own coupon": """
        select id from stripe.discounts where subscription is null
    """,
    "all kinds of plans": """
        select 1 where (select count(distinct p."interval" || p.interval_count)
            from stripe.subscription_items i
            join stripe.plans p on p.id = i.plan_id) = 5
    """,
    "items that wait for an invoice": """
        select id from stripe.invoice_items where invoice_id is null
    """,
    "two spellings of ids": """
        select 1 where exists (from stripe.charges where id like 'py\\_%' escape '\\')
        and exists (from stripe.refunds where id like 'pyr\\_%' escape '\\')
        and exists (from stripe.disputes where id like 'du\\_%' escape '\\')
    """,
    "movements of every type": """
        select 1 where (select count(distinct type)
            from stripe.balance_transactions) >= 12
    """,
    "one person with two customers": """
        select user_id from truth.person_customers
        where user_id is not null group by all having count(*) > 1
    """,
    "a device of two people": "select 1 from truth.identities where is_shared_device",
    "a person with several devices": """
        select person_id from truth.identities group by all having count(*) > 1
    """,
    "customers without events": """
        select 1 from truth.person_customers where not is_tracked
    """,
    "late events": """
        select id from website.pages where received_at > "timestamp" + interval 1 day
    """,
    "duplicate events": "select id from website.pages group by id having count(*) > 1",
}  # fmt: skip


@pytest.fixture(scope="module")
def default_tables(default_account):
    folder, _ = default_account
    with opened(folder, copies=True) as connection:
        yield connection


@pytest.mark.parametrize("name", SPANNING)
def test_case_is_in_the_data(default_tables, name):
    assert default_tables.execute(SPANNING[name]).fetchone() is not None, name


ORPHANS = {
    "charges": [
        ("customer_id", "customers"), ("invoice_id", "invoices"),
        ("payment_intent_id", "payment_intents"),
        ("balance_transaction_id", "balance_transactions"),
        ("payment_method_id", "payment_methods"), ("destination", "accounts"),
    ],
    "invoices": [
        ("customer_id", "customers"), ("subscription_id", "subscriptions"),
        ("charge_id", "charges"),
    ],
    "invoice_lines": [
        ("invoice_id", "invoices"), ("plan_id", "plans"),
        ("subscription_id", "subscriptions"), ("tax_rates", "tax_rates"),
    ],
    "invoice_items": [
        ("customer_id", "customers"), ("invoice_id", "invoices"),
        ("subscription_id", "subscriptions"),
    ],
    "subscriptions": [
        ("customer_id", "customers"), ("plan_id", "plans"),
        ("discount_id", "discounts"),
    ],
    "subscription_items": [
        ("subscription_id", "subscriptions"), ("plan_id", "plans"),
    ],
    "discounts": [
        ("customer_id", "customers"), ("coupon_id", "coupons"),
        ("subscription", "subscriptions"),
    ],
    "refunds": [
        ("charge_id", "charges"), ("balance_transaction_id", "balance_transactions"),
    ],
    "disputes": [("charge_id", "charges")],
    "payment_intents": [
        ("customer_id", "customers"), ("invoice_id", "invoices"),
        ("payment_method_id", "payment_methods"),
    ],
    "balance_transaction_fee_details": [
        ("balance_transaction_id", "balance_transactions"),
    ],
    "application_fees": [
        ("charge_id", "charges"), ("transfer_id", "transfers"),
        ("account_id", "accounts"),
        ("balance_transaction_id", "balance_transactions"),
    ],
    "application_fee_refunds": [("fee_id", "application_fees")],
    "transfers": [
        ("balance_transaction_id", "balance_transactions"),
        ("source_transaction", "charges"), ("bank_account_id", "bank_accounts"),
    ],
    "transfer_reversals": [
        ("transfer_id", "transfers"),
        ("balance_transaction_id", "balance_transactions"),
    ],
    "cards": [("customer_id", "customers")],
    "payment_methods": [("customer_id", "customers")],
    "customers": [],
    "plans": [("product", "products")],
    "skus": [("product_id", "products")],
}  # fmt: skip
LINKS = [(t, c, parent) for t, links in ORPHANS.items() for c, parent in links]


@pytest.mark.parametrize("table, column, parent", LINKS)
def test_only_late_rows_are_missed(default_tables, table, column, parent):
    # a row that was late made its children orphans for a while; nothing else does
    missed = default_tables.execute(
        f"""
        select distinct c."{column}"
        from stripe.{table} c
        anti join stripe.{parent} p on p.id = c."{column}"
        anti join truth.late_rows l
            on l.id = c."{column}" and l.collection = '{parent}' and not l.is_delivered
        where c."{column}" is not null
        """
    ).fetchall()
    assert missed == []


def test_every_movement_has_a_source(default_tables):
    names = [
        "charges", "refunds", "disputes", "transfers", "application_fees",
        "application_fee_refunds", "transfer_reversals",
    ]  # fmt: skip
    every = " union all ".join(f"select id from stripe.{name}" for name in names)
    missed = default_tables.execute(
        f"""
        select b.id from stripe.balance_transactions b
        where b.type <> 'stripe_fee'
            and (b.source is null or b.source not in (
                {every} union all select id from truth.late_rows))
        """
    ).fetchall()
    assert missed == []
