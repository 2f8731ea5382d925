"""Which rows are behind the figures of Lifetime Value: customers by what they brought.

People have no rows in any mart, nor has what was brought by an age: these figures lead
nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboards.address.selection import Filter
from dashboards.components import Column
from dashboards.pages.drill import Drill, Rows, between, unless_none
from dashboards.warehouse import Row

BROUGHT = Rows("lifetime_values")
# Who has paid counts in the home currency.
PAID = "is_paying:eq:true;home_currency:eq:"
FIGURES = {
    "cumulative_net_amount": BROUGHT,
    "predicted_amount": BROUGHT,
    "net_amount_per_user": BROUGHT,
    "net_amount_per_customer": BROUGHT,
}


@dataclass(frozen=True)
class CohortDrill(Drill):
    """Of the people acquired in the months of the scope."""

    def of(self, name: str, *more: Filter) -> str | None:
        rows = FIGURES.get(name)
        if name == "customer_count" and not self.scope.is_converted:
            rows = replace(BROUGHT, condition=PAID + self.scope.currency)
        months = between("acquisition_month", (self.scope.first, self.scope.last))
        return rows and self.to(rows, *months, *more)

    def linked(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of Channels, each figure with its rows."""

        def with_link(column: Column) -> Column:
            name = column.field

            def rows_of(row: Row) -> str | None:
                channel = Filter("first_touch_channel", "eq", row["channel"])
                return self.of(name, channel)

            is_known = name in FIGURES or name == "customer_count"
            link = unless_none(name, rows_of)
            return replace(column, link=link) if is_known else column

        return [with_link(column) for column in columns]
