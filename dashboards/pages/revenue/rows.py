"""Which rows are behind the figures of Revenue: customers by month, and invoices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboards.address.selection import Filter
from dashboards.components import Column
from dashboards.pages.drill import MRR, OPEN, Drill, Rows, unless_none
from dashboards.warehouse import Row

TABLE = MRR.table
EXPLAINED = "churn_mrr_amount,churn_evidence,churned_subscription_id"
OPENED = Rows(TABLE, "opening_mrr_amount:gt:0")
CHURNED = Rows(TABLE, "movement:eq:churn", "churn_mrr_amount")
VOLUNTARY, FAILED, OTHER = (
    Rows(TABLE, f"movement:eq:churn;churn_kind:eq:{kind}", EXPLAINED)
    for kind in ("voluntary", "failed_payment", "other")
)
INVOICED = Rows("invoices", "status:in:open|paid|uncollectible", "amount_due")
# ARR is twelve times the MRR of its rows; a rate has those of its numerator.
OF_MONTH = {
    "opening_mrr_amount": OPENED,
    "new_mrr_amount": Rows(TABLE, "movement:eq:new", "new_mrr_amount"),
    "reactivation_mrr_amount": Rows(
        TABLE, "movement:eq:reactivation", "reactivation_mrr_amount"
    ),
    "expansion_mrr_amount": Rows(
        TABLE, "movement:eq:expansion", "expansion_mrr_amount"
    ),
    "contraction_mrr_amount": Rows(
        TABLE, "movement:eq:contraction", "contraction_mrr_amount"
    ),
    "churn_mrr_amount": CHURNED,
    "closing_mrr_amount": MRR,
    "arr_amount": MRR,
    "arpa_amount": MRR,
    "closing_customer_count": MRR,
    "new_paying_customer_count": Rows(TABLE, "movement:eq:new", "new_mrr_amount"),
    "reactivated_customer_count": Rows(
        TABLE, "movement:eq:reactivation", "reactivation_mrr_amount"
    ),
    "churned_customer_count": CHURNED,
    "net_revenue_retention": OPENED,
    "gross_revenue_retention": OPENED,
    "customer_churn_rate": CHURNED,
    "mrr_churn_rate": CHURNED,
    "voluntary_churn_mrr_amount": VOLUNTARY,
    "failed_payment_churn_mrr_amount": FAILED,
    "other_churn_mrr_amount": OTHER,
    "voluntary_churned_customer_count": VOLUNTARY,
    "failed_payment_churned_customer_count": FAILED,
    "other_churned_customer_count": OTHER,
    "voluntary_mrr_churn_rate": VOLUNTARY,
    "failed_payment_mrr_churn_rate": FAILED,
    "quick_ratio": Rows(TABLE, "movement:in:new|reactivation|expansion"),
    "invoiced_amount": INVOICED,
    "written_off_amount": replace(
        INVOICED,
        condition=f"{INVOICED.condition};bad_debt_amount:gt:0",
        figure="bad_debt_amount",
    ),
}


@dataclass(frozen=True)
class RevenueDrill(Drill):
    """What is owed has rows in the month of the as-of day only."""

    as_of: date | None = None

    def of(self, row: Row, name: str) -> str | None:
        """Of a figure of the month of a row; None where no mart has its rows."""
        month = row["reporting_month"]
        if name == "closing_amount":
            is_now = self.as_of is not None and month == self.as_of.replace(day=1)
            return self.to(OPEN) if is_now else None
        rows = OF_MONTH.get(name)
        found = Filter("reporting_month", "eq", month.isoformat())
        return rows and self.to(rows, found)

    def linked(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of a table by month, each figure with its rows."""

        def with_link(column: Column) -> Column:
            name = column.field
            link = unless_none(name, lambda row: self.of(row, name))
            is_known = name in OF_MONTH or name == "closing_amount"
            return replace(column, link=link) if is_known else column

        return [with_link(column) for column in columns]
