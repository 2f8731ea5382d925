"""The figures of a digest, from the dashboards' own queries and in their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dashboards.address.scope import ComparedScope, Standing
from dashboards.components import Change
from dashboards.pages.executive_summary.tiles import (
    COUNTED,
    FIGURES,
    MART,
    NEEDS,
    Figure,
    from_nothing,
)
from dashboards.pages.finance_operations.failures import MOST_REASONS
from dashboards.queries import executive_summary, finance_operations
from dashboards.text.formatting import (
    NOTHING,
    age,
    code,
    count,
    counted,
    day,
    rate,
    shown,
    words,
)
from dashboards.warehouse import Row, Warehouse
from digest.letter import Cell, Part, Table
from digest.period import Period

# The column of each age of receivables.
AGES = {
    "current_amount": "current",
    "days_1_30_amount": "1_30",
    "days_31_60_amount": "31_60",
    "days_61_90_amount": "61_90",
    "over_90_amount": "over_90",
}


def part(
    warehouse: Warehouse,
    currency: str,
    account: str | None,
    period: Period,
    as_of: date,
) -> Part | None:
    """All of a currency; None where nothing moved in it on these days or before."""
    days = (*period.days, *period.before, "days")
    scope = ComparedScope(currency, account, *days)
    totals = warehouse.query(*executive_summary.DAILY.totals(scope))[0]
    names = [figure.name for figure in FIGURES if figure.kind != "rate"]
    if not any(totals[name] or totals[f"previous_{name}"] for name in names):
        return None
    tables = [
        headline(warehouse, scope, period, totals),
        *failures(warehouse, scope),
        *disputes(warehouse, scope, period),
        *state(warehouse, scope, as_of),
    ]
    return Part(code(scope.currency), tables)


def headline(
    warehouse: Warehouse, scope: ComparedScope, period: Period, totals: Row
) -> Table:
    rows = [
        compared(figure, totals, scope.currency)
        for figure in FIGURES
        if warehouse.has(NEEDS.get(figure.name, MART))
    ]
    return Table("Headline", period.header, rows)


def compared(figure: Figure, totals: Row, currency: str) -> list[Cell]:
    """A figure beside that of the days before, with its count and its change."""
    name, kind = figure.name, figure.kind
    label = figure.label
    if name in COUNTED:
        column, noun = COUNTED[name]
        label = f"{label} ({counted(totals[column], noun)})"
    change = Change.by(kind, totals[f"{name}_change"], figure.better)
    change = change or from_nothing(figure, totals)
    return [
        Cell(label),
        Cell(shown(kind, totals[name], currency)),
        Cell(shown(kind, totals[f"previous_{name}"], currency)),
        Cell(change.text, change.good) if change else Cell(NOTHING),
    ]


def failures(warehouse: Warehouse, scope: ComparedScope) -> Iterator[Table]:
    reasons = warehouse.query(*finance_operations.failure_reasons(scope))
    if not reasons:
        return
    left = len(reasons) - MOST_REASONS
    yield Table(
        "Why charges failed",
        ("", "Charges", "Amount", "Recovered"),
        [
            [
                Cell(words(row["failure_code"]) or NOTHING),
                Cell(count(row["charge_count"])),
                Cell(shown("money", row["charge_amount"], scope.currency)),
                Cell(rate(row["recovery_rate"])),
            ]
            for row in reasons[:MOST_REASONS]
        ],
        f"And {counted(left, 'reason')} more." if left > 0 else "",
    )


def disputes(
    warehouse: Warehouse, scope: ComparedScope, period: Period
) -> Iterator[Table]:
    if not warehouse.has("fct_disputes"):
        return
    totals = warehouse.query(*finance_operations.DAILY.totals(scope))[0]
    figures = (
        Figure("dispute_count", "Disputes", "count", "down"),
        Figure("dispute_activity_rate", "Share of successful charges", "rate", "down"),
    )
    rows = [compared(figure, totals, scope.currency) for figure in figures]
    yield Table("Disputes", period.header, rows)


def state(warehouse: Warehouse, scope: ComparedScope, as_of: date) -> Iterator[Table]:
    """What is owed and what recurs, at the end of the last day's month or as of now."""
    standing = Standing.of(scope.last, as_of)
    if warehouse.has("receivables_monthly"):
        owed = warehouse.query(*finance_operations.receivables(scope))[0]
        rows = [
            [Cell(age(bucket)), Cell(shown("money", owed[column], scope.currency))]
            for column, bucket in AGES.items()
        ]
        rows.append(
            [
                Cell("Outstanding"),
                Cell(shown("money", owed["outstanding_amount"], scope.currency)),
            ]
        )
        days = owed["days_sales_outstanding"]
        note = f"Days sales outstanding: {shown('days', days)}." if days else ""
        yield Table(f"Receivables {standing.text}", ("", "Amount"), rows, note)
    if warehouse.has("mrr_monthly"):
        months = executive_summary.month_ends(scope, "mrr", scope.last)
        found = warehouse.query(*months)[:1]
        for row in found:
            change = Change.by("money", row["closing_change"], "up")
            ended = Standing.of(row["reporting_month"], as_of)
            yield Table(
                f"Recurring revenue as of {day(ended.day)}",
                ("", "MRR", "At the month's start", "Change"),
                [
                    [
                        Cell("MRR"),
                        Cell(shown("money", row["closing_amount"], scope.currency)),
                        Cell(shown("money", row["opening_amount"], scope.currency)),
                        Cell(change.text, change.good) if change else Cell(NOTHING),
                    ]
                ],
            )
