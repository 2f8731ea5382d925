"""The tiles of Revenue: what stands, and what happened in the last month."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.components import (
    Change,
    tile,
)
from dashboards.pages.revenue.rows import RevenueDrill
from dashboards.text import formatting
from dashboards.text.definitions import definition
from dashboards.warehouse import Row

MART = "mrr_monthly"


def state_tiles(
    months: Sequence[Row], when: str, drill: RevenueDrill
) -> list[Component]:
    """What stands at the end of the last month, against the end of the one before."""
    latest, note = months[-1], f"end of {when}"

    def figure(name: str, label: str, moved: str, kind: str = "money") -> Component:
        return tile(
            name,
            label,
            latest[name],
            kind,
            latest["currency"],
            note=note,
            change=Change.by(kind, latest[moved], "up"),
            course=[row[name] for row in months],
            href=drill.of(latest, name),
            definition=definition(MART, name),
        )

    return [
        figure("closing_mrr_amount", "MRR", "closing_mrr_change"),
        figure("arr_amount", "ARR", "closing_mrr_change"),
        figure(
            "closing_customer_count",
            "Customers with MRR",
            "closing_customer_change",
            "count",
        ),
        figure("arpa_amount", "MRR per customer", "arpa_change"),
    ]


def rate_tiles(
    months: Sequence[Row], is_open: bool, drill: RevenueDrill
) -> list[Component]:
    """What happened in the last month; one that is not over is compared with none."""
    latest, before = months[-1], months[-2] if len(months) > 1 else None

    def rate(name: str, label: str, better: str) -> Component:
        change, note = None, f"{latest['month']} so far"
        if is_open and before:
            note += f", {before['month']} {formatting.rate(before[name])}"
        elif not is_open:
            change = Change.by("rate", latest[f"{name}_difference"], better)
            note = f"in {latest['month']}"
        return tile(
            name,
            label,
            latest[name],
            "rate",
            note=note,
            change=change,
            course=[row[name] for row in months],
            href=drill.of(latest, name),
            definition=definition(MART, name),
        )

    return [
        rate("net_revenue_retention", "Net revenue retention", "up"),
        rate("gross_revenue_retention", "Gross revenue retention", "up"),
        rate("customer_churn_rate", "Customer churn", "down"),
        tile(
            "quick_ratio",
            "Quick ratio",
            latest["quick_ratio"],
            "multiple",
            note="gained for each lost",
            course=[row["quick_ratio"] for row in months],
            href=drill.of(latest, "quick_ratio"),
            definition=definition(MART, "quick_ratio"),
        ),
    ]
