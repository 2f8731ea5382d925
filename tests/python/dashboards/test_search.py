"""One search on every page: what finds whom, by keyboard, a page of results each."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from harness.browser import PHONE, Visit, drawn, drawn_by_server
from playwright.sync_api import Browser, Page, expect

from dashboards.address import address
from dashboards.app import PAGES, create_app
from dashboards.pages import search_results
from dashboards.pages.search_results import find, find_first
from dashboards.queries.search import Words
from dashboards.queries.search_kinds import KEYS
from dashboards.warehouse import Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

NAMED = """
select * from customer_lookup
where strpos(description, ' ') > 0 and email is not null
order by customer_id limit 1
"""
CARD = "select * from customer_lookup_cards order by card_id limit 1"
FAILED = """
select charges.*, cards.last4, cards.brand, customers.email
from fct_charges as charges
inner join dim_customers as customers
    on charges.customer_id = customers.customer_id
inner join customer_lookup_cards as cards
    on charges.customer_id = cards.customer_id
where charges.is_failed
order by charges.created_at desc, charges.charge_id limit 1
"""


@pytest.fixture(scope="module")
def named(warehouse: DuckdbCopy) -> Row:
    return warehouse.query(NAMED)[0]


def searched(page: Page, text: str) -> Page:
    """With the text typed into the box, whose answer stands."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(page.locator(".search-all")).to_be_visible()
    return page


def ids(warehouse: DuckdbCopy, text: str, kind: str, key: str) -> list[str]:
    return [row[key] for row in find(warehouse, text, 1_000).get(kind, [])]


def test_names_are_found_in_any_order(warehouse: DuckdbCopy, named: Row) -> None:
    first, last = named["description"].upper().split()[:2]
    for text in (f"{last} {first[:3]}", f"{first}  {last}", f"{last} {named['email']}"):
        assert named["customer_id"] in ids(warehouse, text, "customers", "customer_id")


def test_any_part_finds_it(warehouse: DuckdbCopy, named: Row) -> None:
    invoice = warehouse.query(
        "select * from invoice_lookup where receipt_number is not null limit 1"
    )[0]
    charge = warehouse.query(
        "select * from fct_charges where receipt_number is not null"
        " and payment_intent_id is not null limit 1"
    )[0]
    for row, kind, column in (
        (named, "customers", "email"),
        (named, "customers", "customer_id"),
        (invoice, "invoices", "invoice_id"),
        (invoice, "invoices", "receipt_number"),
        (charge, "charges", "charge_id"),
        (charge, "charges", "payment_intent_id"),
        (charge, "charges", "receipt_number"),
        (charge, "charges", "receipt_email"),
    ):
        key = f"{kind[:-1]}_id"
        for text in (row[column], row[column][2:-1]):
            assert row[key] in ids(warehouse, text, kind, key), (column, text)


BY_ID = [
    ("refunds", "fct_refunds", "refund_id", "refund_id"),
    ("disputes", "fct_disputes", "dispute_id", "dispute_id"),
    ("subscriptions", "fct_subscriptions", "subscription_id", "subscription_id"),
    *(
        ("balance_transactions", "fct_balance_transactions", key, key)
        for key in ("balance_transaction_id", "payout_id")
    ),
]


@pytest.mark.parametrize(("kind", "mart", "typed", "key"), BY_ID)
def test_ids_of_anything_lead_to_where_it_is_shown(
    warehouse: DuckdbCopy, kind: str, mart: str, typed: str, key: str
) -> None:
    row = warehouse.query(
        f"select * from {mart} where {typed} is not null order by {typed} limit 1"
    )[0]
    for text in (row[typed], row[typed][:-2]):
        for found in (find(warehouse, text, 50), find_first(warehouse, text, 50)):
            assert list(found) == [kind]
            assert row[key] in [
                one.get(key, one.get("source_id")) for one in found[kind]
            ]
    option = search_results.option(kind, find(warehouse, row[typed], 1)[kind][0])
    page = drawn_by_server(warehouse, option["href"])
    assert row[KEYS[kind]] in page


def test_all_of_a_kind_is_a_page(warehouse: DuckdbCopy) -> None:
    for text, kind in (("sub_", "subscriptions"), ("re_", "refunds"), ("po_", None)):
        address_of = address("/search", q=text, kind=kind)
        assert f"{text}" in drawn_by_server(warehouse, address_of)


def test_inside_of_ids_is_looked_only_where_nothing_else_is_found(
    warehouse: DuckdbCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge = warehouse.query("select * from fct_charges order by charge_id limit 1")[0]
    asked: list[str] = []
    query = warehouse.query
    monkeypatch.setattr(
        warehouse,
        "query",
        lambda sql, *values: asked.append(sql) or query(sql, *values),
    )

    def looks_inside(text: str) -> bool:
        asked.clear()
        assert find(warehouse, text, 5) and find_first(warehouse, text, 5)
        return any("strpos(charge_id" in sql for sql in asked)

    assert looks_inside(charge["charge_id"][4:-1])
    assert not looks_inside(charge["charge_id"][:-1])
    assert not looks_inside(charge["payment_intent_id"][:-1])
    assert not looks_inside("example")


def test_parts_of_numbers_are_found_beside_addresses_that_hold_them(
    warehouse: DuckdbCopy,
) -> None:
    numbers = warehouse.query(
        "select charge_id, receipt_number from fct_charges "
        "where receipt_number is not null order by receipt_number limit 9"
    )
    for row in numbers:
        text = row["receipt_number"][-6:]
        assert row["charge_id"] in ids(warehouse, text, "charges", "charge_id")


def test_a_card_is_found_by_its_digits_and_brand(warehouse: DuckdbCopy) -> None:
    card = warehouse.query(CARD)[0]
    other = "visa" if card["brand"].lower() != "visa" else "discover"
    found = ids(warehouse, f"{card['brand']} {card['last4']}", "cards", "card_id")
    assert card["card_id"] in found
    assert card["card_id"] in ids(warehouse, card["last4"], "cards", "card_id")
    assert not ids(warehouse, f"{other} {card['last4']} x", "cards", "card_id")
    assert not ids(warehouse, card["brand"], "cards", "card_id")
    amex = warehouse.query(
        "select * from customer_lookup_cards where brand = 'American Express' limit 1"
    )[0]
    text = f"amex {amex['last4']}"
    assert amex["card_id"] in ids(warehouse, text, "cards", "card_id")


def test_namesakes_are_told_apart_by_their_cards(warehouse: DuckdbCopy) -> None:
    rows = warehouse.query(
        "select customers.*, cards.last4 from dim_customers as customers"
        " inner join customer_lookup_cards as cards"
        " on customers.customer_id = cards.customer_id"
        " where cards.is_deleted is not true and customers.customer_id in ("
        "     select customer_id from customer_lookup_cards"
        "     group by customer_id having count(*) = 1)"
        " order by customers.customer_id limit 3"
    )
    for row in rows:
        found = find(warehouse, row["customer_id"], 5)["customers"][0]
        said = search_results.option("customers", found)["detail"]
        assert f"···· {row['last4']}" in said
        assert "since" in said and row["customer_id"][-6:] in said


def test_without_the_mart_of_cards_the_rest_is_found(
    warehouse: DuckdbCopy, named: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    has = warehouse.has
    monkeypatch.setattr(
        warehouse,
        "has",
        lambda *marts: "customer_lookup_cards" not in marts and has(*marts),
    )
    found = find(warehouse, f"{named['email']} 4242", 5)
    assert found == {}
    assert "customers" in find(warehouse, named["email"], 5)


def test_what_is_searched_is_a_text_and_no_pattern(warehouse: DuckdbCopy) -> None:
    for text in ("%", "a%b", "us_r", "' or 1=1 --", "\\", "\0", "? $1", "{x}"):
        for kind, rows in find(warehouse, text, 1_000).items():
            assert all(text in str(row.values()).lower() for row in rows), (text, kind)
    assert find(warehouse, "   ", 5) == {}


def test_an_id_is_looked_for_where_it_can_be(warehouse: DuckdbCopy) -> None:
    for text, kinds in (
        ("ch_x", ["charges"]),
        ("re_x", ["refunds"]),
        ("tr_x", ["balance_transactions"]),
        ("in_x", ["invoices"]),
        ("cus_x", ["customers"]),
        ("anna meyer", ["customers"]),
        ("x", ["customers"]),
        ("visa 4242", ["customers", "cards"]),
        ("4242", ["customers", "cards", "invoices", "charges"]),
    ):
        assert Words.of(text).kinds(warehouse) == kinds, text


def test_while_one_types_what_is_rare_is_not_read_in_vain(
    warehouse: DuckdbCopy, named: Row
) -> None:
    charge = warehouse.query("select * from fct_charges order by charge_id limit 1")[0]
    for text, kinds in (
        (named["email"], ["customers"]),
        (charge["charge_id"], ["charges"]),
        (charge["charge_id"][3:], ["charges"]),
        (named["customer_id"], ["customers"]),
    ):
        assert list(find_first(warehouse, text, 5)) == kinds, text
    found = find_first(warehouse, charge["charge_id"], 5)["charges"]
    assert [row["charge_id"] for row in found] == [charge["charge_id"]]


def test_namesakes_are_told_apart() -> None:
    row = {
        "customer_id": "cus_1234567890",
        "description": "Anna Meyer",
        "email": "anna@example.com",
        "card": "Visa ···· 4242",
        "country": "DE",
        "created_date": date(2026, 3, 2),
        "is_deleted": True,
        "is_delinquent": False,
        "account": "stripe_eu",
        "account_name": "Europe",
    }
    assert search_results.option("customers", row) == {
        "href": "/customer?customer_id=cus_1234567890&account=stripe_eu",
        "title": "Anna Meyer",
        "detail": "anna@example.com · Visa ···· 4242 · DE · since 2 Mar 2026 · "
        "…567890 · deleted · Europe",
    }


# The box is no page's own: one page, and that which has choosers of its own.
ON = ("/", "/explore")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(page.path, marks=[] if page.path in ON else [pytest.mark.long])
        for page in PAGES
    ],
)
def test_the_box_is_on_every_page(visit: Visit, path: str) -> None:
    page = visit(path)
    field = page.get_by_role("combobox", name="Search everything")
    expect(field).to_be_visible()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()


def test_arrows_choose_enter_opens_and_the_box_closes(visit: Visit, named: Row) -> None:
    page = searched(visit("/"), named["email"])
    field = page.get_by_role("combobox", name="Search everything")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first).to_contain_text(named["description"])
    page.keyboard.press("ArrowUp")
    expect(page.locator(".search-all")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/customer?customer_id={named['customer_id']}")
    drawn(page)
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("")
    expect(page).to_have_title(f"{named['email']} · Customer Lookup · Segment Stripe")


def test_enter_does_not_wait_for_the_letters_and_escape_closes(
    visit: Visit, named: Row
) -> None:
    page = visit("/explore")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(named["customer_id"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customer?customer_id={named['customer_id']}")

    searched(drawn(page), "nobody is called so")
    expect(page.locator(".search-all")).to_have_text(
        "Nothing holds “nobody is called so”"
    )
    page.keyboard.press("Escape")
    expect(page.locator("#search-found")).to_be_hidden()


def test_from_a_callers_card_to_the_last_failed_payment(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    failed = warehouse.query(FAILED)[0]
    page = searched(visit("/"), f"{failed['brand']} {failed['last4']}")
    page.get_by_role("option").filter(has_text=failed["email"]).first.click()
    page.wait_for_url(f"**/customer?customer_id={failed['customer_id']}")
    expect(page.locator("[data-card=charges]")).to_contain_text("Failed")


def test_more_than_the_box_shows_is_reached_page_by_page(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    count = find(warehouse, "example", 1)["customers"][0]["found_count"]
    page = searched(visit("/"), "example")
    page.locator(".search-all").click()
    page.wait_for_url("**/search?q=example")
    page.get_by_role("link", name=f"All {count} customers").click()

    page.wait_for_url("**/search?q=example&kind=customers")
    expect(page.locator(".pager-text")).to_have_text(f"1–25 of {count}")  # noqa: RUF001
    seen = page.locator("[data-card=customers] .ag-row [col-id=customer_id]")
    first = seen.all_inner_texts()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**&page=2")
    expect(page.locator(".pager-text")).to_have_text(f"26–50 of {count}")  # noqa: RUF001
    assert not set(first) & set(seen.all_inner_texts())
    page.locator("[data-card=customers] .ag-row a").first.click()
    page.wait_for_url("**/customer?customer_id=*")
    expect(page.get_by_role("link", name="← Search")).to_be_visible()


def test_what_is_not_found_can_be_searched(visit: Visit, named: Row) -> None:
    part = named["customer_id"][:-3]
    page = visit(address("/customer", customer_id=part))
    page.get_by_role("link", name=f"Search for “{part}”").click()
    page.wait_for_url(f"**/search?q={part}*")
    expect(page.locator("[data-card=customers]")).to_contain_text(named["email"])


def test_odd_pages_of_results_are_not_found(visit: Visit) -> None:
    for state in (
        {"kind": "x"},
        {"kind": "customers", "page": "0"},
        {"kind": "cards", "page": "²"},
    ):
        page = visit(address("/search", q="example", **state))
        expect(page.locator("[data-state=not-found]")).to_be_visible()
    page = visit(address("/search", q="nobody at all"))
    expect(page.locator("[data-state=not-found]")).to_be_visible()


def test_what_was_typed_is_never_run(visit: Visit, warehouse: DuckdbCopy) -> None:
    client = create_app(warehouse).server.test_client()
    for text in ("<img src=x onerror=alert(1)>", "x" * 5_000, "\ud83d", "%00"):
        query = urlencode({"q": text.encode("utf-8", "replace")})
        assert client.get(f"/search.json?{query}").status_code == 200
    page = searched(visit("/"), "<img src=x onerror=window.ran=1>")
    assert page.evaluate("window.ran") is None
    assert page.locator("#search-found img").count() == 0


def test_on_a_telephone_the_box_fits(browser: Browser, dashboards: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(dashboards)
    searched(drawn(page), "example")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for place in (page.locator("#search-found"), page.locator("#color-scheme")):
        box = place.bounding_box()
        assert box and box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    context.close()
