"""The month-end pack: what the books want of a month, on one page to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboards.address import State, periods
from dashboards.address.errors import NoData, NotFound
from dashboards.address.scope import (
    NO_FIGURES,
    ComparedScope,
    Scope,
    Standing,
    read_scope,
)
from dashboards.components import (
    Column,
    choice,
    icon,
    options,
    page_header,
    sums_card,
    table_card,
    tiles,
)
from dashboards.components.downloads import Csv
from dashboards.components.jumps import with_jumps
from dashboards.pages.drill import Drill, days_of, unless_none
from dashboards.pages.executive_summary.charts import net_change
from dashboards.pages.executive_summary.tiles import (
    FIGURES,
    MART,
    NEEDS,
    figure_tile,
    state_tiles,
)
from dashboards.pages.finance_operations import balance
from dashboards.pages.finance_operations.failures import failure_reasons
from dashboards.pages.finance_operations.money import attempts, months_of, receivables
from dashboards.pages.finance_operations.tiles import OWING, figure_tiles
from dashboards.pages.links import Here
from dashboards.pages.page import Page
from dashboards.pages.scope import (
    failed_in_others,
    gross_in_others,
    lacks_currency,
    money_choosers,
    month_lacks_rates,
    rates_note,
    unconverted_note,
    with_converted,
)
from dashboards.queries import balance as balance_queries
from dashboards.queries import executive_summary as summary_queries
from dashboards.queries import finance_operations as queries
from dashboards.queries import revenue as revenue_queries
from dashboards.queries.revenue import EFFECT
from dashboards.queries.shared import SCOPE
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

PATH = "/month-end"
TITLE = "Month-end pack"
DAYS = (
    Column("gross_charge_count", "Charges", "count"),
    Column("gross_charge_amount", "Gross charges", "money"),
    Column("refund_count", "Refunds", "count"),
    Column("refund_amount", "Refunded", "money"),
    Column("net_charge_amount", "Net charges", "money"),
    Column("failed_charge_count", "Failed", "count"),
    Column("failed_charge_amount", "Failed amount", "money"),
    Column("dispute_count", "Disputes", "count"),
    Column("dispute_amount", "Disputed", "money"),
)
Lines = Mapping[str, tuple[str, bool]]
UNCONVERTED = (
    "Failure reasons, invoices by number of attempts and the balance by category"
)
DISPUTES = ("dispute_count", "dispute_amount")
ROLLED = {
    "opening_amount": ("Opening", False),
    "invoiced_amount": ("+ invoiced", False),
    "paid_amount": ("− paid", False),  # noqa: RUF001
    "written_off_amount": ("− written off", False),  # noqa: RUF001
    "closing_amount": ("Closing", True),
}
# What counts in net volume, whatever it is called on the statement.
NET_VOLUME = (
    *("charge", "charge_failure", "refund", "refund_failure"),
    *("partial_capture_reversal", "dispute", "dispute_reversal"),
)
# All currencies in one are rolled forward without the categories of the activity.
CONVERTED_BALANCE = {
    "opening_balance_amount": ("Opening", False),
    "activity_amount": ("+ activity", False),
    "payout_amount": ("− payouts", False),  # noqa: RUF001
    "closing_balance_amount": ("Closing", True),
}
BALANCE = {
    "opening_balance_amount": ("Opening", False),
    "gross_amount": ("+ gross activity", False),
    "fee_amount": ("− fees", False),  # noqa: RUF001
    "net_amount": ("Net activity", True),
    "payout_amount": ("Payouts", False),
    "payout_reversal_amount": ("Payouts returned", False),
    "closing_balance_amount": ("Closing", True),
}


def layout(warehouse: Warehouse, state: State) -> Component:
    offered = with_converted(warehouse, warehouse.query(SCOPE), MART, "reporting_date")
    if not offered:
        raise NoData("There are no charges, refunds or customers yet.")
    if lacking := lacks_currency(PATH, state, offered, NO_FIGURES):
        return html.Div(lacking)
    _, bounds = read_scope({**state, "days": ""}, offered)
    month = read_month(state, bounds)
    scope, _ = read_scope(of_month(state, month), offered)
    drill = Drill(Here(PATH, state), scope)
    standing = Standing.of(scope.last, bounds[1])
    months = options(months_between(*bounds))
    return with_jumps(
        PATH,
        state,
        [
            page_header(
                f"{TITLE}, {formatting.month(month)}",
                f"{formatting.day_range(scope.first, scope.last)}, in "
                f"{formatting.code(scope.currency)}",
                choice("month", "Month", month.isoformat(), months),
                *money_choosers(scope, offered),
                print_button(),
            ),
            *gross_in_others(warehouse, scope, PATH, of_month(state, month)),
            *failed_in_others(warehouse, scope, PATH, of_month(state, month)),
            *rates_note(warehouse, scope),
            *unconverted_note(scope, UNCONVERTED),
            *summary(warehouse, scope, drill, bounds[1]),
            *operations(warehouse, scope, drill, standing),
            *of_balance(warehouse, scope, drill.in_grid),
        ],
    )


def read_month(state: State, bounds: periods.Days) -> date:
    """The month that is asked for: by its first day, else that of the last chosen day,
    else the last one that is over, if any. Raises NotFound."""
    last = bounds[1].replace(day=1)
    is_over = bounds[1].day == periods.length_of_month(bounds[1])
    usual = last if is_over else periods.months_before(last, 1)
    usual = max(usual, bounds[0].replace(day=1))
    days = periods.read_days(state.get("days"), (usual, usual))
    chosen = state.get("month") or (days and days[1].replace(day=1).isoformat())
    if chosen not in months_between(*bounds):
        raise NotFound("There are no figures for this month.")
    return date.fromisoformat(chosen)


def of_month(state: State, month: date) -> State:
    """The state of a page whose days are all those of a month."""
    last = month.replace(day=periods.length_of_month(month))
    kept = {name: state[name] for name in ("currency", "account") if name in state}
    return {**kept, "days": f"{month},{last}"}


def months_between(first: date, last: date) -> dict[str, str]:
    """{`2026-10-01`: `Oct 2026`}, the last month first."""
    months, month = {}, last.replace(day=1)
    while month >= first.replace(day=1):
        months[month.isoformat()] = formatting.month(month)
        month = periods.months_before(month, 1)
    return months


def print_button() -> Component:
    """assets/shell.js prints the page."""
    return html.Button(
        [icon("print"), "Print"], className="button", type="button", id="print"
    )


def part(title: str) -> Component:
    return html.H2(title, className="part")


def summary(
    warehouse: Warehouse, scope: ComparedScope, drill: Drill, today: date
) -> Iterator[Component]:
    totals = warehouse.query(*summary_queries.DAILY.totals(scope))[0]
    days = warehouse.query(*summary_queries.DAILY.course(scope, "reporting_date"))
    yield part("Executive Summary")
    yield tiles(
        [
            *(
                figure_tile(figure, totals, days, drill)
                for figure in FIGURES
                if warehouse.has(NEEDS.get(figure.name, MART))
            ),
            # The flag of delinquency has no history: it is of no month.
            *state_tiles(warehouse, drill, today)[:-1],
        ]
    )
    if warehouse.has("mrr_monthly"):
        for note in month_lacks_rates(warehouse, scope, "mrr_monthly"):
            yield html.P(f"MRR: {note}", className="others")
    yield net_change(totals, scope, drill)
    yield by_day(warehouse, days, totals, drill.in_grid)


def by_day(
    warehouse: Warehouse, days: Sequence[Row], totals: Row, drill: Drill
) -> Component:
    """Each figure opens its rows, and in the last line those of the month."""

    def linked(column: Column) -> Column:
        def rows_of(row: Row) -> str | None:
            day = row["period"]
            days = days_of(day, "reporting_date") if day else None
            return drill.of_days(column.field, days=days)

        return replace(column, link=unless_none(column.field, rows_of))

    disputes = () if warehouse.has("fct_disputes") else DISPUTES
    shown = [linked(one) for one in DAYS if one.field not in disputes]
    currency = {"currency": drill.scope.currency}
    return table_card(
        "Charges by day",
        [Column("period", "Day", "day"), *shown],
        [{**row, **currency} for row in days],
        name="days",
        mart=MART,
        note="Net charges = gross charges − refunds by their own day",  # noqa: RUF001
        page_size=31,
        total={**totals, **currency, "period": None},
    )


def operations(
    warehouse: Warehouse, scope: ComparedScope, drill: Drill, standing: Standing
) -> Iterator[Component]:
    course = warehouse.query(*queries.DAILY.course(scope, "reporting_date"))
    yield part("Finance Operations")
    yield tiles(figure_tiles(warehouse, scope, course, standing, drill))
    if not scope.is_converted:
        reasons = warehouse.query(*queries.failure_reasons(scope))
        yield failure_reasons(reasons, drill.in_grid)
    if not warehouse.has(OWING):
        return
    rolled = warehouse.query(*revenue_queries.receivables(scope))
    owed = warehouse.query(*queries.receivables(scope))[0]
    yield html.Div(
        [
            rolled_forward(
                "Receivables of the month",
                with_rates(ROLLED, scope),
                rolled,
                "receivables",
                month_lacks_rates(warehouse, scope, "receivables_monthly"),
            ),
            receivables(owed, drill, standing),
        ],
        className="cards",
    )
    if not scope.is_converted:
        yield attempts(warehouse.query(*queries.attempts(scope)), drill.in_grid)


def of_balance(
    warehouse: Warehouse, scope: ComparedScope, drill: Drill
) -> Iterator[Component]:
    if not warehouse.has(balance.ACTIVITY, balance.SUMMARY):
        return
    if scope.is_converted:
        yield part("Balance")
        yield rolled_forward(
            "Balance of the month",
            with_rates(CONVERTED_BALANCE, scope),
            warehouse.query(*balance_queries.converted(scope)),
            "balance",
            month_lacks_rates(warehouse, scope, balance.SUMMARY),
        )
        return
    months = warehouse.query(*balance_queries.months(scope))
    this = [row for row in months if row["reporting_month"] == scope.first]
    yield part("Balance")
    said = balance_queries.categories(scope)
    is_known = this and this[0]["net_amount"] is not None
    notes = explained(warehouse.query(*said), this[0]) if is_known else []
    yield rolled_forward("Balance of the month", BALANCE, this, "balance", notes)
    yield balance.by_category(warehouse, drill, months_of(scope))


def explained(categories: Sequence[Row], month: Row) -> Iterator[str]:
    """Where figures of the same name differ: fees, by what Stripe bills by itself; net
    activity, by what net volume leaves out."""

    def money(amount: Decimal) -> str:
        return formatting.plain_money(amount, month["currency"])

    activity = [row for row in categories if not row["is_payout"]]
    billed = -sum(row["gross_amount"] for row in activity if is_billed(row))
    if billed:
        taken = money(month["fee_amount"] - billed)
        yield (
            f"Fees are {taken} taken from charges, refunds and disputes, as in the "
            f"table below, and {money(billed)} that Stripe bills by itself, which is "
            "its category Fee."
        )
    others = [row for row in activity if row["reporting_category"] not in NET_VOLUME]
    if others:
        volume = month["net_amount"] - sum(row["net_amount"] for row in others)
        named = ", ".join(
            f"{balance.category(row)} {money(row['net_amount'])}" for row in others
        )
        yield (
            f"Net activity is net volume, {money(volume)}, and what net volume leaves "
            f"out: {named}."
        )


def is_billed(row: Row) -> bool:
    return row["reporting_category"] == "fee"


def with_rates(lines: Lines, scope: Scope) -> Lines:
    """What rolls forward, with what exchange rates did where it is converted."""
    if not scope.is_converted:
        return lines
    *moved, closing = lines.items()
    return dict([*moved, (EFFECT, ("+ exchange rates", False)), closing])


def rolled_forward(
    title: str,
    lines: Lines,
    rows: Sequence[Row],
    name: str,
    notes: Iterable[str] = (),
) -> Component:
    """A month's opening, what moved it, and its closing; zeros where nothing did."""
    row = rows[0] if rows else dict.fromkeys(lines, Decimal(0))
    currency = row.get("currency")
    place = f"In {formatting.code(currency)}" if currency else "Nothing moved it"
    csv = Csv(
        ("figure", "amount", "currency"),
        [(field, row[field], currency) for field in lines],
    )
    return sums_card(
        title,
        [
            (label, formatting.plain_money(row[field], currency), is_sum)
            for field, (label, is_sum) in lines.items()
        ],
        note=" ".join([f"{place}.", *notes]),
        name=f"month_{name}",
        csv=csv,
    )


PAGE = Page(PATH, TITLE, "print", layout)
