"""A figure leads to its rows: what the Explore adds up there is the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dash_ag_grid
import pytest
from dash import html
from dash.development.base_component import Component
from harness.browser import Visit
from playwright.sync_api import expect

from dashboards.address import read_state
from dashboards.address.scope import Scope
from dashboards.address.selection import read_selection
from dashboards.app import PAGES
from dashboards.components.downloads import tables_of
from dashboards.pages.drill import Drill
from dashboards.pages.links import BARE
from dashboards.queries import explore
from dashboards.warehouse.duckdb_copy import DuckdbCopy

PATHS = {page.path: page for page in PAGES}
SEPTEMBER = "days=2026-09-01,2026-09-30"
# By tile, the column of the rows that adds up to it, or that they are counted.
TILES = {
    "/": {
        "gross_charge_amount": "gross_amount",
        "refund_amount": "refund_amount",
        "net_volume_amount": "net_amount",
        "failed_charge_amount": "attempted_amount",
        "dispute_amount": "dispute_amount",
        "new_customer_count": "rows",
        "closing_mrr_amount": "mrr_amount",
        "unpaid_invoice_amount": "outstanding_amount",
    },
    "/finance": {
        "failed_charge_amount": "attempted_amount",
        "outstanding_amount": "outstanding_amount",
        "past_due_amount": "outstanding_amount",
    },
    "/revenue": {
        "closing_mrr_amount": "mrr_amount",
        "closing_customer_count": "rows",
    },
    "/lifetime-value": {
        "cumulative_net_amount": "lifetime_value_amount",
        "predicted_amount": "predicted_lifetime_value_amount",
    },
}
# By card, and by field of a chart or column of a table; names of rates are left out.
CARDS = {
    "/": {
        "gross_charge_amount-failed_charge_amount-refund_amount": {
            "gross_charge_amount": "gross_amount",
            "failed_charge_amount": "-attempted_amount",
            "refund_amount": "-refund_amount",
        },
        "succeeded_charge_count-failed_charge_count-pending_charge_count": {
            "succeeded_charge_count": "rows",
            "failed_charge_count": "rows",
            "pending_charge_count": "rows",
        },
    },
    "/finance": {
        "recovery": {
            "recovered_payment_amount": "payment_amount",
            "unrecovered_amount": "payment_amount",
        },
        "failure_reasons": {
            "charge_count": "rows",
            "charge_amount": "attempted_amount",
            "recovered_count": "rows",
            "recovered_amount": "payment_amount",
        },
        "invoice_attempts": {
            "invoice_count": "rows",
            "amount_due": "amount_due",
            "amount_paid": "amount_paid",
        },
        "top_customers": {
            "charge_count": "rows",
            "gross_amount": "gross_amount",
            "refund_amount": "refunded_amount",
            "net_amount": "net_amount",
        },
        "taxes": {
            "invoice_count": "rows",
            "taxable_amount": "taxable_amount",
            "tax_amount": "tax_amount",
        },
        "balance_categories": {
            "transaction_count": "rows",
            "gross_amount": "transaction_amount",
            "fee_amount": "fee_amount",
            "net_amount": "net_amount",
        },
        "balance": {
            "opening_balance_amount": "net_amount",
            "gross_amount": "transaction_amount",
            "net_amount": "net_amount",
            "payout_amount": "net_amount",
            "closing_balance_amount": "net_amount",
        },
    },
    "/revenue": {
        "movements": {
            "new_mrr_amount": "new_mrr_amount",
            "reactivation_mrr_amount": "reactivation_mrr_amount",
            "expansion_mrr_amount": "expansion_mrr_amount",
            "contraction_mrr_amount": "-contraction_mrr_amount",
            "churn_mrr_amount": "-churn_mrr_amount",
        },
        "course": {"closing_mrr_amount": "mrr_amount"},
        "customers": {
            "new_paying_customer_count": "rows",
            "reactivated_customer_count": "rows",
            "churned_customer_count": "-rows",
        },
        "months": {
            "opening_mrr_amount": "opening_mrr_amount",
            "churn_mrr_amount": "churn_mrr_amount",
            "closing_mrr_amount": "mrr_amount",
            "closing_customer_count": "rows",
        },
        "churn_kinds_chart": {
            "voluntary_churn_mrr_amount": "-churn_mrr_amount",
            "failed_payment_churn_mrr_amount": "-churn_mrr_amount",
        },
        "churn_kinds": {
            "voluntary_churn_mrr_amount": "churn_mrr_amount",
            "failed_payment_churn_mrr_amount": "churn_mrr_amount",
            "other_churn_mrr_amount": "churn_mrr_amount",
            "voluntary_churned_customer_count": "rows",
            "failed_payment_churned_customer_count": "rows",
        },
        "trials": {
            "ended_trial_count": "rows",
            "trial_conversion_count": "rows",
            "lost_trial_count": "rows",
        },
        "renewals": {
            "renewal_count": "rows",
            "renewal_amount": "renewal_amount",
            "card_out_count": "rows",
            "card_out_amount": "renewal_amount",
        },
        "expiring_cards": {
            "renewal_count": "rows",
            "renewal_amount": "renewal_amount",
            "mrr_amount": "mrr_amount",
        },
        "receivables": {
            "invoiced_amount": "amount_due",
            "written_off_amount": "bad_debt_amount",
            "closing_amount": "outstanding_amount",
        },
    },
    "/lifetime-value": {
        "channels": {
            "cumulative_net_amount": "lifetime_value_amount",
            "predicted_amount": "predicted_lifetime_value_amount",
            "customer_count": "rows",
        },
    },
}
WEEKS = "days=2025-12-03,2026-04-15"
SEARCHES = (
    "currency=usd",
    f"currency=usd&{SEPTEMBER}",
    f"currency=usd&{WEEKS}",
    "currency=jpy",
)


def page_of(warehouse: DuckdbCopy, path: str, search: str) -> Component:
    return PATHS[path].layout(warehouse, read_state(search))


def added_up(warehouse: DuckdbCopy, href: str, figure: str) -> Decimal:
    """The figure of the rows that an address opens, which have one currency."""
    state = dict(parse_qsl(urlsplit(href).query))
    selection = read_selection(warehouse, state)
    sign, column = (-1, figure[1:]) if figure[0] == "-" else (1, figure)
    if column == "rows":
        (row,) = warehouse.query(*explore.count(warehouse, selection, None))
        return Decimal(sign * row["row_count"])
    assert column in selection.columns, "the column of the figure is shown"
    statement = explore.totals(warehouse, selection, "currency", [column])
    found = warehouse.query(*statement)
    assert len(found) <= 1, "currencies are mixed"
    return sign * found[0][column] if found else Decimal(0)


def links_in(content: Component) -> Iterator[str]:
    for one in content._traverse():
        href = getattr(one, "href", None)
        if isinstance(one, html.A) and href:
            yield href


def tiles_of(content: Component) -> dict[str, Component]:
    return {
        getattr(one, "data-tile"): one
        for one in content._traverse()
        if getattr(one, "data-tile", None)
    }


def card_of(content: Component, name: str) -> Component:
    return next(
        one for one in content._traverse() if getattr(one, "data-card", None) == name
    )


def figures_of(card: Component) -> Iterator[tuple[str, Any, str | None]]:
    """(field, value, address) of each figure of a card's chart or grid."""
    for one in card._traverse():
        if isinstance(one, dash_ag_grid.AgGrid):
            for column in one.columnDefs:
                field = column["field"]
                of = column.get("cellRendererParams", {"of": field})["of"]
                for row in one.rowData:
                    link = row.get(f"{of}__link")
                    yield field, row[field], link if row[field] else None
            return
    data = next(one.data for one in card._traverse() if hasattr(one, "dataKey"))
    body = next(one for one in card._traverse() if isinstance(one, html.Tbody))
    for values, row in zip(data, body.children, strict=True):
        for cell in row["props"]["children"]:
            field, shown = cell["props"].get("data-field"), cell["props"]["children"]
            if field:
                href = shown["props"]["href"] if isinstance(shown, dict) else None
                yield field, values.get(field), href


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("path", list(TILES))
def test_a_tile_is_what_its_rows_add_up_to(
    warehouse: DuckdbCopy, path: str, search: str
) -> None:
    tiles = tiles_of(page_of(warehouse, path, search))
    checked = 0
    for name, figure in TILES[path].items():
        value = Decimal(getattr(tiles[name], "data-exact") or 0)
        href = next(links_in(tiles[name]), None)
        if href and href.startswith("/explore"):
            assert added_up(warehouse, href, figure) == value, (name, href)
            checked += 1
    assert checked >= len(TILES[path]) - 3 or search == "currency=jpy"


COUNTS = {
    "gross_charge_amount": "gross_charge_count",
    "refund_amount": "refund_count",
    "failed_charge_amount": "failed_charge_count",
    "dispute_amount": "dispute_count",
}


@pytest.mark.parametrize("tile", list(COUNTS))
def test_a_tile_has_as_many_rows_as_it_says(warehouse: DuckdbCopy, tile: str) -> None:
    days = "days=2025-09-01,2026-10-20"
    tiles = tiles_of(page_of(warehouse, "/", f"currency=usd&{days}"))
    sql = (
        f"select sum({COUNTS[tile]}) as n from executive_summary_daily"
        " where currency = 'usd' and reporting_date >= date '2025-09-01'"
    )
    href = next(links_in(tiles[tile]))
    wanted = warehouse.query(sql)[0]["n"]
    assert added_up(warehouse, href, "rows") == wanted > 0


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize(
    ("path", "card"), [(path, card) for path, cards in CARDS.items() for card in cards]
)
def test_every_figure_of_a_card_is_what_its_rows_add_up_to(
    warehouse: DuckdbCopy, path: str, card: str, search: str
) -> None:
    content = page_of(warehouse, path, search)
    wanted, checked = CARDS[path][card], set()
    for field, value, href in figures_of(card_of(content, card)):
        if field in wanted and href:
            found = float(added_up(warehouse, href, wanted[field]))
            assert found == pytest.approx(float(value), abs=1e-6), (field, href)
            checked.add(field)
    assert checked or search != "currency=usd"


def test_net_charges_are_the_rows_charged_less_those_refunded(
    warehouse: DuckdbCopy,
) -> None:
    content = page_of(warehouse, "/", f"currency=usd&{SEPTEMBER}")
    tile = tiles_of(content)["net_charge_amount"]
    assert next(links_in(tile)).endswith("#net_change")

    body = next(
        one
        for one in card_of(content, "net_change")._traverse()
        if isinstance(one, html.Tbody)
    )
    (gross, gross_before), (refunds, refunds_before) = [
        [
            cell["props"]["children"]["props"]["href"]
            for cell in line.children
            if isinstance(cell, dict) and isinstance(cell["props"]["children"], dict)
        ]
        for line in (body.children[2], body.children[4])
    ]
    net = added_up(warehouse, gross, "gross_amount") - added_up(
        warehouse, refunds, "refund_amount"
    )
    assert net == Decimal(getattr(tile, "data-exact"))
    sql = (
        "select sum(net_charge_amount) as net from executive_summary_daily where"
        " currency = 'usd' and reporting_month = date '2026-08-01'"
    )
    assert (
        added_up(warehouse, gross_before, "gross_amount")
        - added_up(warehouse, refunds_before, "refund_amount")
        == (warehouse.query(sql)[0]["net"])
    )


def test_why_net_charges_changed_says_how_many_and_how_large(
    warehouse: DuckdbCopy,
) -> None:
    content = page_of(warehouse, "/", f"currency=usd&{SEPTEMBER}")
    csv = dict(tables_of(content))["net_change"]
    lines = {row[0]: row[1:4] for row in csv.rows}
    sql = (
        "select sum(gross_charge_count) as charges, sum(refund_count) as refunds,"
        " sum(gross_charge_amount) as gross from executive_summary_daily"
        " where currency = 'usd' and reporting_month = ?"
    )
    now, then = (warehouse.query(sql, [date(2026, n, 1)])[0] for n in (9, 8))

    for name, label in (
        ("charges", "Number of charges"),
        ("refunds", "Number of refunds"),
    ):
        assert lines[label] == [now[name], then[name], now[name] - then[name]]
    mean, before, _ = lines["Amount of a charge, on average"]
    assert mean == pytest.approx(now["gross"] / now["charges"], abs=Decimal("1e-6"))
    assert before == pytest.approx(then["gross"] / then["charges"], abs=Decimal("1e-6"))
    more = now["charges"] - then["charges"]
    said = f"{'More' if more > 0 else 'Fewer'} charges ({more:+,d})"
    assert said in str(card_of(content, "net_change"))


def test_every_link_of_every_figure_can_be_opened(warehouse: DuckdbCopy) -> None:
    """Also of rates, which have the rows of their numerators."""
    for path in CARDS:
        content = page_of(
            warehouse, path, SEPTEMBER if path in ("/", "/finance") else ""
        )
        for href in {*links_in(content)}:
            if href.startswith("/explore"):
                state = dict(parse_qsl(urlsplit(href).query))
                assert state["from"].partition("?")[0] == path
                selection = read_selection(warehouse, state)
                counted = explore.count(warehouse, selection, None)
                assert warehouse.query(*counted)[0]["row_count"] > 0, href


def test_failed_charges_of_these_days_are_one_click(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit(f"/finance?{SEPTEMBER}&currency=usd")
    page.get_by_role("link", name="Failed charges:").click()

    sql = (
        "select count(*) as n, sum(failed_amount) as total from fct_charges"
        " where is_failed and currency = 'usd' and reporting_month = date '2026-09-01'"
    )
    (wanted,) = warehouse.query(sql)
    expect(page.locator(".pager-text")).to_contain_text(f"of {wanted['n']}")
    expect(page.locator(".totals tbody")).to_contain_text(f"{wanted['total']:,.2f}")
    page.get_by_role("link", name="← Finance Operations").click()
    expect(page.locator(".subtitle")).to_contain_text("1–30 Sep 2026")  # noqa: RUF001
    page.go_back()
    expect(page.locator(".pager-text")).to_contain_text(f"of {wanted['n']}")


def test_a_bar_opens_its_rows(visit: Visit) -> None:
    page = visit(f"/?{SEPTEMBER}&currency=usd")
    card = page.locator(
        "[data-card='succeeded_charge_count-failed_charge_count-pending_charge_count']"
    )
    card.scroll_into_view_if_needed()
    card.locator("summary").click()
    cells = card.locator("td[data-field=succeeded_charge_count]")
    wanted = cells.first.inner_text()
    card.locator(".recharts-bar").first.locator(".recharts-bar-rectangle").first.click()

    expect(page.locator("h1")).to_have_text("Explore")
    expect(page.locator(".pager-text")).to_contain_text(f"of {wanted}")
    assert "reporting_date%3Aeq%3A2026-09-01" in page.url


def test_a_figure_of_a_table_opens_its_rows(visit: Visit) -> None:
    page = visit(f"/finance?{SEPTEMBER}&currency=usd")
    cell = page.locator("[data-card=balance] [row-index='0']").locator(
        "[col-id=closing_balance_amount] a"
    )
    closing = cell.inner_text()
    cell.click()

    expect(page.locator("h1")).to_have_text("Explore")
    expect(page.locator(".totals tbody")).to_contain_text(closing)
    page.get_by_role("link", name="← Finance Operations").click()
    expect(page.locator(".subtitle")).to_contain_text("1–30 Sep 2026")  # noqa: RUF001


def test_delinquent_customers_lead_to_the_list_itself(visit: Visit) -> None:
    page = visit("/?currency=usd")
    page.get_by_role("link", name="Delinquent customers:").click()
    expect(page.locator("[data-card=owing] h2")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"/finance\?currency=usd\b.*#owing$"))


def test_rows_are_of_the_account_of_the_page() -> None:
    scope = Scope("usd", "stripe_eu", date(2026, 9, 1), date(2026, 9, 30))
    found = Drill(BARE, scope).of_days("refund_amount")
    conditions = dict(parse_qsl(urlsplit(found).query))["filter"].split(";")
    assert conditions == [
        "currency:eq:usd",
        "source_relation:eq:stripe_eu",
        "is_counted:eq:true",
        "reporting_date:ge:2026-09-01",
        "reporting_date:le:2026-09-30",
    ]
