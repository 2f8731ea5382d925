"""Finance Operations: its figures are the marts', its choosers its address."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from harness.browser import Visit, drawn
from playwright.sync_api import Page, expect

from dashboards.address import address
from dashboards.address.errors import NoData
from dashboards.address.scope import ComparedScope, Scope, Standing
from dashboards.pages.drill import Drill
from dashboards.pages.finance_operations import balance as finance_balance
from dashboards.pages.finance_operations import owing
from dashboards.pages.finance_operations import page as finance_operations
from dashboards.pages.finance_operations import tiles as finance_tiles
from dashboards.pages.links import BARE
from dashboards.queries import balance
from dashboards.queries.finance_operations import AGES
from dashboards.queries.shared import SCOPE
from dashboards.text import formatting
from dashboards.warehouse import Parameters, Row
from dashboards.warehouse.duckdb_copy import DuckdbCopy

OF_A_DAY = (
    "failed_charge_amount",
    "recovery_rate",
    "refund_amount_rate",
    "dispute_activity_rate",
    "mean_days_to_payment",
)
FAILING_DAY = """
select * from finance_operations_daily
where currency = ? and failed_charge_count > 0 and recovered_payment_count > 0
order by refund_count desc, failed_charge_count desc, reporting_date desc
limit 1
"""
OWED = """
select
    closing_amount as outstanding_amount,
    days_1_30_amount + days_31_60_amount + days_61_90_amount + over_90_amount
        as past_due_amount
from receivables_monthly
where currency = ? and reporting_month = ?
"""
REASONS = """
select
    failure_code,
    sum(charge_count) as charge_count,
    sum(charge_amount) as charge_amount,
    sum(recovered_count) as recovered_count
from finance_operations_failure_reasons
where currency = ? and reporting_month = '2026-09-01'
group by failure_code
"""


def exact(page: Page, name: str) -> Decimal | None:
    """The exact value of a tile."""
    text = page.locator(f"[data-tile={name}]").get_attribute("data-exact")
    return Decimal(text) if text else None


def column(page: Page, table: str, field: str) -> list[str]:
    """The texts that a table shows in a column."""
    rows = page.locator(f"[data-card={table}] .ag-body .ag-row")
    expect(rows.first).to_be_visible()
    return rows.locator(f"[col-id={field}]").all_inner_texts()


@pytest.mark.parametrize("currency", ["usd", "jpy"])
def test_tiles_equal_the_marts(
    visit: Visit, warehouse: DuckdbCopy, currency: str
) -> None:
    mart = warehouse.query(FAILING_DAY, [currency])[0]
    day = mart["reporting_date"]
    page = visit(f"/finance?currency={currency}&days={day},{day}")

    assert {name: exact(page, name) for name in OF_A_DAY} == {
        name: mart[name] for name in OF_A_DAY
    }
    owed = warehouse.query(OWED, [currency, day.replace(day=1)])[0]
    assert {name: exact(page, name) for name in owed} == owed


@pytest.mark.parametrize(
    ("days", "month", "said"),
    [
        ("2026-07-20,2026-08-11", date(2026, 8, 1), "as of 31 Aug 2026, estimated"),
        ("2026-09-20,2026-10-03", date(2026, 10, 1), "as of 20 Oct 2026"),
    ],
    ids=["month-that-is-over", "month-so-far"],
)
def test_what_is_owed_is_that_of_its_date(
    visit: Visit, warehouse: DuckdbCopy, days: str, month: date, said: str
) -> None:
    page = visit(f"/finance?currency=usd&days={days}")

    owed = warehouse.query(OWED, ["usd", month])[0]
    assert {name: exact(page, name) for name in owed} == owed
    for name in owed:
        tile = page.locator(f"[data-tile={name}] .tile-below")
        expect(tile).to_have_text(re.compile(f"^([0-9]+ [a-z ]+, )?{said}$"))
    ageing = page.locator("[data-card=ageing]")
    expect(ageing.locator(".card-note")).to_have_text(said[0].upper() + said[1:])
    ages = warehouse.query(
        f"select {', '.join(AGES)} from receivables_monthly"
        " where currency = 'usd' and reporting_month = ?",
        [month],
    )[0]
    shown = [formatting.money(ages[name], "usd") for name in AGES]
    assert ageing.locator(".share-figure").all_inner_texts() == shown
    # Of Stripe's flag there is no history.
    expect(page.locator("[data-card=owing] .card-note")).to_contain_text(
        "as of 20 Oct 2026"
    )


def test_today_s_invoices_are_counted(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/finance?currency=usd")

    open_ones = warehouse.query(
        "select count(*) as n, sum(case when is_past_due then 1 else 0 end) as late"
        " from fct_invoices where is_open and currency = 'usd'"
    )[0]
    receivables = page.locator("[data-tile=outstanding_amount]")
    expect(receivables).to_contain_text(f"{open_ones['n']} open invoices, as of 20 Oct")
    past_due = page.locator("[data-tile=past_due_amount]")
    expect(past_due).to_contain_text(f"{open_ones['late']} invoices, as of 20 Oct")


def test_days_sales_outstanding_is_that_of_the_last_month(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/finance?currency=eur&days=2026-07-15,2026-09-10")

    sql = "select * from receivables_monthly where currency = ? and reporting_month = ?"
    mart = warehouse.query(sql, ["eur", "2026-09-01"])[0]
    assert exact(page, "days_sales_outstanding") == mart["days_sales_outstanding"]


def test_tables_equal_the_marts(visit: Visit, warehouse: DuckdbCopy) -> None:
    page = visit("/finance?currency=usd&days=2026-09-01,2026-09-30")

    reasons = warehouse.query(REASONS, ["usd"])
    reasons.sort(key=lambda row: (-row["charge_count"], -row["charge_amount"]))
    shown = [
        column(page, "failure_reasons", field)
        for field in ("charge_count", "charge_amount", "recovered_count")
    ]
    assert shown == [
        [formatting.count(row["charge_count"]) for row in reasons],
        [formatting.plain_money(row["charge_amount"], "usd") for row in reasons],
        [formatting.count(row["recovered_count"]) for row in reasons],
    ]

    sql = "select sum(invoice_count) as n from finance_operations_invoice_attempts"
    where = " where currency = ? and reporting_month = ? group by attempt_count"
    numbers = warehouse.query(
        f"{sql}{where} order by attempt_count", ["usd", "2026-09-01"]
    )
    assert column(page, "invoice_attempts", "invoice_count") == [
        formatting.count(row["n"]) for row in numbers if row["n"]
    ]


def test_the_balance_adds_up_and_its_fees_are_all_fees(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    september = Scope("usd", None, date(2026, 9, 1), date(2026, 9, 30))
    months = warehouse.query(*balance.months(september))

    summaries = warehouse.query(
        "select * from balance_summary_monthly where currency = 'usd'"
        " and reporting_month <= date '2026-09-30' order by reporting_month desc"
    )[:12]
    for row, mart in zip(months, summaries, strict=True):
        assert row["gross_amount"] - row["fee_amount"] == row["net_amount"]
        assert row["net_amount"] == mart["activity_amount"]
        assert row["payout_amount"] <= 0 <= row["payout_reversal_amount"]
        moved = row["net_amount"] + row["payout_amount"] + row["payout_reversal_amount"]
        assert row["opening_balance_amount"] + moved == mart["closing_balance_amount"]
    fees = warehouse.query(
        "select sum(fee_amount) + sum(case when reporting_category = 'fee'"
        " then -transaction_amount else 0 end) as fees,"
        " sum(case when reporting_category = 'fee' then 1 else 0 end) as billed"
        " from fct_balance_transactions where currency = 'usd' and not is_payout"
        " and reporting_month = date '2026-09-01'"
    )[0]
    assert fees["billed"] and months[0]["fee_amount"] == fees["fees"] > 100

    page = visit("/finance?currency=usd&days=2026-09-01,2026-09-30")
    for field in ("fee_amount", "payout_amount", "closing_balance_amount"):
        assert column(page, "balance", field) == [
            formatting.plain_money(row[field], "usd") for row in months
        ]


def test_the_balance_by_category_is_the_mart_s(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/finance?currency=usd&days=2026-08-15,2026-09-30")

    mart = warehouse.query(
        "select reporting_category, is_payout, sum(gross_amount) as gross_amount,"
        " sum(fee_amount) as fee_amount, sum(net_amount) as net_amount"
        " from balance_activity_monthly where currency = 'usd' and reporting_month"
        " between date '2026-08-01' and date '2026-09-30' group by 1, 2"
        " order by is_payout, abs(sum(gross_amount)) desc, reporting_category"
    )
    for field in ("gross_amount", "fee_amount", "net_amount"):
        assert column(page, "balance_categories", field) == [
            formatting.plain_money(row[field], "usd") for row in mart
        ]
    shown = column(page, "balance_categories", "category")
    assert shown == [formatting.words(row["reporting_category"]) for row in mart]
    assert shown[-1].startswith("Payout") and "Fee" in shown
    card = page.locator("[data-card=balance_categories]")
    expect(card).to_contain_text("Aug 2026 – Sep 2026")  # noqa: RUF001


def test_a_transfer_to_the_own_bank_is_said_to_be_one() -> None:
    def named(category: str, is_payout: bool) -> str:
        row = {"reporting_category": category, "is_payout": is_payout}
        return finance_balance.category(row)

    assert named("transfer", True) == "Transfer to the bank"
    assert named("transfer", False) == "Transfer"
    assert named("payout_reversal", True) == "Payout reversal"


def test_a_week_s_median_and_p90_are_in_the_numbers(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/finance?currency=usd&days=2026-09-01,2026-09-30")
    page.get_by_text("Settlement", exact=True).click()
    page.wait_for_url("**duration=days_to_settlement*")
    card = page.locator("[data-card=fulfillment]")
    expect(card).to_contain_text("paid to funds available")

    card.get_by_text("Show the numbers").click()

    sql = "select * from finance_operations_fulfillment_weekly"
    where = " where currency = ? and reporting_week = ?"
    week = warehouse.query(sql + where, ["usd", "2026-09-14"])[0]
    numbers = card.get_by_role("row").filter(has_text="14 Sep 2026")
    expect(numbers).to_contain_text(formatting.days(week["median_days_to_settlement"]))
    expect(numbers).to_contain_text(formatting.days(week["p90_days_to_settlement"]))
    page.go_back()
    expect(card).to_contain_text("asked for to funds available")


def test_who_owes_is_late_or_delinquent_and_leads_to_the_customer(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/finance?currency=usd")

    sql = (
        "select * from finance_operations_delinquent_customers"
        " where currency = ? and (is_delinquent or is_past_due)"
        " order by past_due_amount desc, outstanding_amount desc, customer_id"
    )
    owed = warehouse.query(sql, ["usd"])
    shown = [formatting.plain_money(row["past_due_amount"], "usd") for row in owed]
    assert column(page, "owing", "past_due_amount") == shown[:10]
    expect(page.locator("[data-card=owing]")).to_contain_text(f"{len(owed)} customers")

    page.locator("[data-card=owing] .ag-row a").first.click()
    customer_id = owed[0]["customer_id"]
    page.wait_for_url(f"**customer_id={customer_id}*")
    drawn(page)
    page.go_back()
    page.wait_for_url("**/finance?currency=usd")
    expect(page.get_by_role("heading", name="Finance Operations")).to_be_visible()


def test_top_customers_are_those_of_the_days(
    visit: Visit, warehouse: DuckdbCopy
) -> None:
    page = visit("/finance?currency=eur&days=2026-09-01,2026-09-30")

    sql = (
        "select customer_id, sum(net_amount) as net_amount from fct_charges"
        " where currency = ? and reporting_month = ? and customer_id is not null"
        " group by customer_id order by net_amount desc limit 10"
    )
    top = warehouse.query(sql, ["eur", "2026-09-01"])
    assert column(page, "top_customers", "net_amount") == [
        formatting.plain_money(row["net_amount"], "eur") for row in top
    ]
    link = page.locator("[data-card=top_customers] .ag-row a").first
    assert top[0]["customer_id"] in (link.get_attribute("href") or "")


def test_a_chosen_currency_is_in_the_address_and_comes_back(visit: Visit) -> None:
    page = visit("/finance")
    failed = page.locator("[data-tile=failed_charge_amount]")
    expect(failed).to_contain_text("USD")

    page.get_by_role("textbox", name="Currency").click()
    page.get_by_role("option", name="KWD").click()

    page.wait_for_url("**/finance?currency=kwd")
    expect(failed).to_contain_text("KWD")
    expect(page.locator("[data-card=balance]")).to_contain_text(
        "Nothing settles in KWD"
    )
    page.go_back()
    expect(failed).to_contain_text("USD")


def test_days_without_anything_say_so(visit: Visit, warehouse: DuckdbCopy) -> None:
    sql = (
        "select min(reporting_date) as day from finance_operations_daily"
        " where currency = 'kwd' and attempted_charge_count = 0"
    )
    day = warehouse.query(sql)[0]["day"]
    page = visit(f"/finance?currency=kwd&days={day},{day}")

    reasons = page.locator("[data-card=failure_reasons]")
    expect(reasons).to_contain_text("No charge failed in these days.")
    top = page.locator("[data-card=top_customers]")
    expect(top).to_contain_text("No customer paid in these days.")
    assert exact(page, "recovery_rate") is None


def test_what_is_not_there_is_not_found(visit: Visit) -> None:
    for name in ("currency", "days", "account", "duration"):
        page = visit(address("/finance", **{name: "x'; drop table fct_charges; --"}))
        expect(page.locator("[data-state=not-found]")).to_be_visible()


class Once(DuckdbCopy):
    """Marts of one row, whose figures are all one."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        return [dict.fromkeys(row, 1) for row in super().query(sql, parameters)[:1]]


class Nothing(DuckdbCopy):
    """Marts without a row."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        return []


class TwoAccounts(DuckdbCopy):
    """The account beside another one in the same currencies."""

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        rows = super().query(sql, parameters)
        return rows + [
            {**row, "source_relation": "other"} for row in rows if sql == SCOPE
        ]


def test_without_charges_it_says_so(warehouse: DuckdbCopy) -> None:
    with pytest.raises(NoData, match="no charges"):
        finance_operations.layout(Nothing(warehouse.path), {})


def test_medians_of_several_accounts_are_not_mixed(warehouse: DuckdbCopy) -> None:
    two = TwoAccounts(warehouse.path)

    both = str(finance_operations.layout(two, {}))
    one = str(finance_operations.layout(two, {"account": "stripe"}))

    assert "choose an account" in both and "choose an account" not in one
    assert "90th percentile" in one and "90th percentile" not in both


def test_one_is_not_said_as_many(warehouse: DuckdbCopy) -> None:
    once = Once(warehouse.path)
    scope = ComparedScope("usd", None, *[date(2026, 9, 1)] * 2, *[date(2026, 8, 1)] * 2)
    today = Standing(date(2026, 9, 1), False)

    drill = Drill(BARE, scope)
    notes = str(finance_tiles.figure_tiles(once, scope, [], today, drill))

    for note in ("1 charge", "1 dispute"):
        assert f"children='{note}'" in notes
    for noun in ("open invoice", "invoice"):
        assert f"children='1 {noun}, as of 1 Sep 2026'" in notes
    assert owing.how_many([{}], {"customer_count": 1}) == "1 customer"
