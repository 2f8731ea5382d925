"""SQL over what people noted beside the figures: goals and annotations, two seeds."""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.warehouse import Statement


def goals(scope: Scope, figure: str) -> Statement:
    """A row for each month of the days that has a goal: reporting_month and amount."""
    sql = """
select reporting_month, sum(amount) as amount
from dashboard_goals
where currency = ? and figure = ? and reporting_month between ? and ?
group by reporting_month
order by reporting_month
"""
    return sql, [scope.currency, figure, scope.first.replace(day=1), scope.last]


def annotations(scope: Scope) -> Statement:
    """A row for each annotation of the days: reporting_date and annotation."""
    sql = """
select reporting_date, annotation
from dashboard_annotations
where reporting_date between ? and ?
order by reporting_date, annotation
"""
    return sql, [scope.first, scope.last]
