"""What Customer Lookup says beside figures, and the links to Stripe's dashboard."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from harness.browser import Visit
from playwright.sync_api import Page, expect

from dashboards.address import address
from dashboards.pages import customer_details
from dashboards.pages.customer import in_currency
from dashboards.pages.stripe import SETTING, stripe_address
from dashboards.queries import customer_details as queries
from dashboards.queries.customer import Key
from dashboards.text import formatting
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy


def of(row: Row) -> Key:
    return Key(row["source_relation"], row["customer_id"], row["currency"])


def customers_page(visit: Visit, row: Row) -> Page:
    parts = {"customer_id": row["customer_id"], "currency": row["currency"]}
    return visit(address("/customer", **parts))


def of_refunds_and_disputes(warehouse: DuckdbCopy) -> Row:
    """The first customer who has both."""
    return warehouse.query(
        "select * from customer_lookup where refund_count > 0 and dispute_count > 0"
        " order by customer_id limit 1"
    )[0]


def cells(page: Page, card: str, column: str) -> list[str]:
    rows = page.locator(f"[data-card={card}] .ag-body .ag-row")
    expect(rows.first).to_be_visible()
    return rows.locator(f"[col-id={column}]").all_inner_texts()


def test_cards_are_those_of_the_mart(visit: Visit, warehouse: DuckdbCopy) -> None:
    row = warehouse.query(
        "select customers.* from customer_lookup as customers"
        " inner join customer_lookup_cards as cards"
        " on customers.customer_id = cards.customer_id"
        " order by cards.card_id limit 1"
    )[0]
    cards = warehouse.query(*queries.cards(of(row)))
    assert cards

    page = customers_page(visit, row)
    shown = cells(page, "cards", "card")
    assert [text[-4:] for text in shown] == [card["last4"] for card in cards]
    assert cards[0]["brand"].lower() in shown[0].lower()


def test_the_default_card_is_first_and_an_old_one_has_expired(
    warehouse: DuckdbCopy,
) -> None:
    card = {"exp_month": 9, "exp_year": 2026}
    assert customer_details.expiry(card, date(2026, 9, 30)) == "09/2026"
    assert customer_details.expiry(card, date(2026, 10, 1)) == "09/2026, expired"
    assert customer_details.expiry(card | {"exp_year": None}, date(2026, 1, 1)) == "–"  # noqa: RUF001


def test_refunds_and_disputes_are_those_of_the_marts(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    row = of_refunds_and_disputes(warehouse)
    page = customers_page(visit, row)

    for card, mart, column in (
        ("refunds", "fct_refunds", "refund_amount"),
        ("disputes", "fct_disputes", "disputed_amount"),
    ):
        rows = warehouse.query(
            f"select * from {mart} where customer_id = ? and currency = ?"
            f" order by created_at desc, {card[:-1]}_id",
            [row["customer_id"], row["currency"]],
        )
        assert cells(page, card, column) == [
            formatting.plain_money(one[column], one["currency"]) for one in rows[:10]
        ]


def test_the_next_renewal_is_of_what_goes_on(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    row = warehouse.query(
        "select customers.*, subscriptions.period_amount,"
        " subscriptions.current_period_end_at as at"
        " from customer_lookup as customers"
        " inner join fct_subscriptions as subscriptions"
        " on customers.customer_id = subscriptions.customer_id"
        " and customers.currency = subscriptions.currency"
        " where subscriptions.status = 'active' and subscriptions.period_amount > 0"
        " and customers.customer_id in ("
        "     select customer_id from fct_subscriptions"
        "     group by customer_id having count(*) = 1)"
        " and not coalesce(subscriptions.is_canceling_at_period_end, false)"
        " order by customers.customer_id limit 1"
    )[0]
    page = customers_page(visit, row)
    amount = formatting.money(row["period_amount"], row["currency"])
    expect(page.locator("[data-card=customer]")).to_contain_text(
        f"{amount} on {formatting.day(row['at'].date())}"
    )


def test_what_ends_or_is_gone_does_not_renew(warehouse: DuckdbCopy) -> None:
    renewing = {
        (row["customer_id"], row["currency"], row["source_relation"])
        for row in warehouse.query(
            "select * from fct_subscriptions"
            " where status in ('active', 'trialing', 'past_due')"
            " and is_canceling_at_period_end is not true"
            " and not is_deleted and ended_at is null"
        )
    }
    seen = set()
    for row in warehouse.query("select * from fct_subscriptions"):
        found = warehouse.query(*queries.subscriptions(of(row)))
        renews = any(
            one["is_renewing"] for one in found if one["currency"] == row["currency"]
        )
        key = row["customer_id"], row["currency"], row["source_relation"]
        assert renews == (key in renewing), key
        seen.add(renews)
    assert seen == {True, False}


def test_a_renewal_in_words() -> None:
    row = {
        "renewal_date": date(2026, 11, 12),
        "period_amount": Decimal(49),
        "subscription_count": 1,
        "excluded_item_count": 0,
    }
    assert customer_details.renewing(row, "usd") == "49.00 USD on 12 Nov 2026"
    more = row | {"subscription_count": 2, "excluded_item_count": 1}
    assert customer_details.renewing(more, "usd") == (
        "49.00 USD on 12 Nov 2026, 2 subscriptions, and usage"
    )


def test_what_failed_last_is_no_payment(warehouse: DuckdbCopy) -> None:
    """All attempts of some customers failed: they paid nothing, ever."""
    customers = warehouse.query(
        "select * from customer_lookup where failed_charge_count > 0"
    )
    seen = set()
    for row in customers:
        charges = in_currency(warehouse.query(*queries.charges(of(row))), of(row))
        said = dict(customer_details.facts(charges, None, row["currency"]))
        last = warehouse.query(
            "select * from fct_charges where customer_id = ? and currency = ?"
            " and is_gross order by created_at desc, charge_id desc limit 1",
            [row["customer_id"], row["currency"]],
        )
        paid = [
            f"{formatting.money(one['gross_amount'], one['currency'])} on "
            f"{formatting.day(one['reporting_date'])}"
            for one in last
        ]
        assert said["Last payment"] == (paid or ["None"])[0]
        assert said["Last failed charge"] != "None"
        seen.add(bool(paid))
    assert seen == {True, False}


def test_ids_of_charges_and_what_came_back_lead_to_their_rows(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    row = of_refunds_and_disputes(warehouse)
    page = customers_page(visit, row)

    for card in ("charges", "refunds", "disputes"):
        links = page.locator(f"[data-card={card}] .ag-row [col-id={card[:-1]}_id] a")
        expect(links.first).to_have_attribute(
            "href", re.compile(rf"/explore\?table={card}&filter={card[:-1]}_id%3Aeq")
        )


def test_the_last_failed_charge_stands_on_the_page(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    row = warehouse.query(
        "select * from fct_charges where is_failed and customer_id is not null"
        " order by created_at desc, charge_id desc limit 1"
    )[0]
    page = customers_page(visit, row)
    expect(page.locator("[data-card=customer]")).to_contain_text(
        f"{formatting.money(row['attempted_amount'], row['currency'])} on "
        f"{formatting.day(row['reporting_date'])}, "
        f"{formatting.words(row['failure_code']).lower()}"
    )


def test_all_addresses_of_a_customer_stand_once() -> None:
    emails = ("anna@example.com", None, "work@example.com", "anna@example.com")
    charges = [{"email": email} for email in emails]
    shown = str(customer_details.emails(charges, "Anna@example.com"))
    assert shown.count("example.com") == 2
    assert "Anna@example.com" in shown and "work@example.com, on receipts" in shown
    assert customer_details.emails([], None) is None


def test_receipts_of_a_customer_say_their_addresses(warehouse: DuckdbCopy) -> None:
    row = warehouse.query(
        "select * from fct_charges where customer_id is not null"
        " and receipt_email is not null order by charge_id limit 1"
    )[0]
    found = warehouse.query(*queries.charges(of(row)))
    assert row["receipt_email"].lower() in [one["email"] for one in found]


def test_links_to_stripe_say_which_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = "https://dashboard.stripe.com"
    assert stripe_address("customers", "cus_1", False) == f"{usual}/customers/cus_1"
    assert stripe_address("payments", "ch_1", True) == f"{usual}/test/payments/ch_1"
    assert (
        stripe_address("payments", 'x"/../y', False)
        == f"{usual}/payments/x%22%2F..%2Fy"
    )
    assert stripe_address("payments", None, False) is None
    monkeypatch.setenv(SETTING, "https://stripe.example.com/acct_1/ ")
    assert stripe_address("invoices", "in_1", False) == (
        "https://stripe.example.com/acct_1/invoices/in_1"
    )
    for none in ("", "javascript:alert(1)"):
        monkeypatch.setenv(SETTING, none)
        assert stripe_address("invoices", "in_1", False) is None


def test_the_mode_is_that_of_charges_and_subscriptions() -> None:
    is_test = customer_details.is_of_test_mode
    assert is_test([{"is_livemode": True}, {"is_livemode": False}])
    assert not is_test([{"is_livemode": True}, {"is_livemode": None}])
    assert not is_test([])


def test_ids_lead_to_stripe_unless_that_is_off(
    visit: Visit, warehouse: DuckdbCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = warehouse.query(
        "select * from customer_lookup where invoice_count > 0"
        " and refund_count > 0 and mrr_amount >= 0 order by customer_id limit 1"
    )[0]
    page = customers_page(visit, row)
    links = page.locator("a[href^='https://dashboard.stripe.com/']")
    name = f"{row['customer_id']} in Stripe's dashboard"
    link = page.get_by_role("link", name=name)
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(
        page.locator("[data-card=charges] .ag-row a[href*='/payments/']").first
    ).to_have_attribute("rel", "noopener noreferrer")
    assert links.count() > 3

    monkeypatch.setenv(SETTING, "")
    page = customers_page(visit, row)
    expect(page.locator("[data-card=charges] .ag-row").first).to_be_visible()
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    expect(links).to_have_count(0)
