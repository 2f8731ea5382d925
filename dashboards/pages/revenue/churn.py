"""Why customers left, and what became of trials, by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash.development.base_component import Component

from dashboards.components import Column, Series, bars, chart_card, table_card
from dashboards.pages.drill import Drill, Rows, between, days_of, unless_none
from dashboards.pages.revenue.charts import drawn, numbers
from dashboards.pages.revenue.rows import RevenueDrill
from dashboards.queries import churn as queries
from dashboards.text import formatting
from dashboards.warehouse import Row, Warehouse

LEFT = (
    Series("voluntary_churn_mrr_amount", "Voluntary", 1, hangs=True),
    Series("failed_payment_churn_mrr_amount", "Failed payment", 2, hangs=True),
    Series("other_churn_mrr_amount", "Other", 4, hangs=True),
)
BY_KIND = (
    Column("reporting_month", "Month", "month"),
    Column("voluntary_churn_mrr_amount", "Voluntary", "money"),
    Column("failed_payment_churn_mrr_amount", "Failed payment", "money", width=160),
    Column("other_churn_mrr_amount", "Other", "money"),
    Column("voluntary_churned_customer_count", "Customers, voluntary", "count"),
    Column("failed_payment_churned_customer_count", "Failed payment", "count"),
    Column("other_churned_customer_count", "Other", "count"),
    Column("voluntary_mrr_churn_rate", "Rate, voluntary", "rate"),
    Column("failed_payment_mrr_churn_rate", "Rate, failed payment", "rate"),
)
TRIALS = (
    Column("reporting_month", "Month", "month"),
    Column("ended_trial_count", "Ended", "count"),
    Column("trial_conversion_count", "Converted", "count"),
    Column("lost_trial_count", "Lost", "count"),
    Column("pending_trial_count", "Pending", "count"),
    Column("trial_conversion_rate", "Conversion rate", "rate"),
)
CONVERTED = Rows("subscriptions", "trial_outcome:eq:converted", "trial_ended_date")
OF_TRIALS = {
    "ended_trial_count": replace(
        CONVERTED, condition="trial_outcome:in:converted|lost|pending"
    ),
    "trial_conversion_count": CONVERTED,
    "lost_trial_count": replace(CONVERTED, condition="trial_outcome:eq:lost"),
    "pending_trial_count": replace(CONVERTED, condition="trial_outcome:eq:pending"),
    "trial_conversion_rate": CONVERTED,
}


def churn_cards(warehouse: Warehouse, drill: RevenueDrill) -> list[Component]:
    """Nothing of figures that are converted: kinds of churn and trials are not."""
    if drill.scope.is_converted:
        return []
    months = with_names(warehouse.query(*queries.kinds(drill.scope)))
    return [
        chart_card(
            "Why customers left",
            bars(months, "month", LEFT, currency=drill.scope.currency),
            **numbers(months, LEFT, "money", drill),
            note="Voluntary + failed payment + other = churn",
            name="churn_kinds_chart",
            definition=drawn(queries.MRR, LEFT),
        ),
        table_card(
            "Churn by its kind",
            drill.in_grid.linked(BY_KIND),
            months[::-1],
            name="churn_kinds",
            mart=queries.MRR,
            note="Rates are of the MRR that the month opened with",
            page_size=12,
        ),
        *trial_cards(warehouse, drill.in_grid),
    ]


def trial_cards(warehouse: Warehouse, drill: Drill) -> list[Component]:
    if not warehouse.has(queries.TRIALS):
        return []
    rows = warehouse.query(*queries.trials(drill.scope))
    return [
        table_card(
            "Trials by the month in which they ended",
            [of_trials(column, drill) for column in TRIALS],
            rows[::-1],
            name="trials",
            mart=queries.TRIALS,
            note="Converted: an invoice after the trial was paid. Pending ones are in "
            "neither side of the rate",
            empty="No trial ended in these months.",
            page_size=12,
        )
    ]


def of_trials(column: Column, drill: Drill) -> Column:
    """The column, each figure with its subscriptions."""
    found = OF_TRIALS.get(column.field)
    if found is None:
        return column

    def rows_of(row: Row) -> str:
        days = days_of(row["reporting_month"], "reporting_month")
        return drill.to(found, *between("trial_ended_date", days))

    return replace(column, link=unless_none(column.field, rows_of))


def with_names(rows: Sequence[Row]) -> list[Row]:
    return [{**row, "month": formatting.month(row["reporting_month"])} for row in rows]
