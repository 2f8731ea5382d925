"""SQL of the user's own tables: of one customer or invoice, and figures by a column."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.address.scope import Scope
from dashboards.queries.found import rows_of
from dashboards.queries.shared import ratio, sums
from dashboards.warehouse import Statement, Warehouse
from dashboards.warehouse.own import OwnColumn, OwnTable, joins, named

MOST_ROWS = 200
MOST_VALUES = 10
CHARGES, REFUNDS = "fct_charges", "fct_refunds"
# Each figure of executive_summary_daily as an expression over charges or refunds.
OF_CHARGES = {
    "attempted_charge_count": "count(*)",
    "succeeded_charge_count": "sum(case when is_succeeded then 1 else 0 end)",
    "failed_charge_count": "sum(case when is_failed then 1 else 0 end)",
    "gross_charge_count": "sum(case when is_gross then 1 else 0 end)",
    "gross_charge_amount": "sum(gross_amount)",
}
OF_REFUNDS = {"refund_amount": "sum(refund_amount)"}


def of_one(warehouse: Warehouse, table: OwnTable, account: str, key: str) -> Statement:
    """The rows of a table that belong to one thing; of many, the latest first."""
    order = ["row_id" if table.has_many else "source_relation"]
    if table.time:
        time = warehouse.column(table.relation, table.time)
        order.insert(0, f"{time} desc nulls last")
    sql = rows_of(
        warehouse.relation(table.relation),
        warehouse.column(table.relation, table.keys[0]),
        "source_relation = ?",
        ", ".join(order),
        MOST_ROWS,
    )
    return sql, [key, account]


def of_rows(
    warehouse: Warehouse, table: OwnTable, account: str, keys: Sequence[str]
) -> Statement:
    """The rows of a table of one row that belong to any of the keys."""
    marks = ", ".join("?" * len(keys))
    sql = f"""
select *
from {warehouse.relation(table.relation)}
where
    source_relation = ?
    and {warehouse.column(table.relation, table.keys[0])} in ({marks})
"""
    return sql, [account, *keys]


def by_column(warehouse: Warehouse, scope: Scope, own: OwnColumn) -> Statement:
    """Figures of the days for each value of an own column, the largest first.

    `place` says what a row is of: a value, all the other values, no value, or all.
    """
    condition, values = scope.within("reporting_date")
    common = ",\n\n".join(named(warehouse, [own]).values())
    figures = (*OF_CHARGES, *OF_REFUNDS)
    sql = f"""
with

{common},

charges as (

    select
        "{own.name}" as own_value,
        {each(OF_CHARGES, figures)}
    from {CHARGES}
    {joins(CHARGES, [own])}
    where {condition}
    group by "{own.name}"

),

refunds as (

    select
        "{own.name}" as own_value,
        {each(OF_REFUNDS, figures)}
    from {REFUNDS}
    {joins(REFUNDS, [own])}
    where {condition}
    group by "{own.name}"

),

united as (

    select * from charges
    union all
    select * from refunds

),

summed as (

    select own_value, {sums(figures)}
    from united
    group by own_value

),

ranked as (

    select
        *,
        row_number() over (
            order by
                case when own_value is null then 1 else 0 end,
                gross_charge_amount desc,
                attempted_charge_count desc,
                own_value
        ) as own_rank
    from summed

),

placed as (

    select
        *,
        case
            when own_value is null then 'none'
            when own_rank > {MOST_VALUES} then 'other'
            else 'value'
        end as place,
        case when own_rank <= {MOST_VALUES} then own_value end as shown_value
    from ranked

),

grouped as (

    select
        coalesce(place, 'all') as place,
        shown_value,
        {sums(figures)}
    from placed
    group by grouping sets ((place, shown_value), ())

)

select
    *,
    gross_charge_amount - refund_amount as net_charge_amount,
    {ratio("succeeded_charge_count", "(succeeded_charge_count + failed_charge_count)")}
        as charge_success_rate
from grouped
order by
    case place when 'value' then 1 when 'other' then 2 when 'none' then 3 else 4 end,
    gross_charge_amount desc,
    attempted_charge_count desc,
    shown_value
"""
    return sql, [*values, *values]


def each(of_rows: dict[str, str], figures: tuple[str, ...]) -> str:
    """All figures; those of other rows are nought."""
    return ",\n        ".join(
        f"{of_rows.get(figure, '0')} as {figure}" for figure in figures
    )
