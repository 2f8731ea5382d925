{%- set as_of = as_of_day() %}

with

months as (

    select * from {{ ref('int_summaries__receivables_moved') }}

),

ages as (

    select * from {{ ref('int_summaries__receivables_aged') }}

),

rolled as (

    select
        *,
        invoiced_amount - paid_amount - written_off_amount as moved_amount,
        cast(
            sum(invoiced_amount - paid_amount - written_off_amount) over (
                partition by source_relation, currency
                order by reporting_month
                rows between unbounded preceding and current row
            ) as {{ exact() }}
        ) as closing_amount,
        cast(
            case
                when reporting_month = cast('{{ as_of.replace(day=1) }}' as date)
                    then {{ as_of.day }}
                else {{ dbt.datediff(
                    'reporting_month',
                    dbt.dateadd('month', 1, 'reporting_month'),
                    'day'
                ) }}
            end as {{ dbt.type_bigint() }}
        ) as day_count
    from months

),

final as (

    select
        rolled.source_relation,
        rolled.currency,
        cast(rolled.closing_amount - rolled.moved_amount as {{ exact() }})
            as opening_amount,
        rolled.invoiced_amount,
        rolled.paid_amount,
        rolled.written_off_amount,
        rolled.closing_amount,
        {{ amount_figure('ages.current_amount', 'rolled.zero_amount') }}
            as current_amount,
        {{ amount_figure('ages.days_1_30_amount', 'rolled.zero_amount') }}
            as days_1_30_amount,
        {{ amount_figure('ages.days_31_60_amount', 'rolled.zero_amount') }}
            as days_31_60_amount,
        {{ amount_figure('ages.days_61_90_amount', 'rolled.zero_amount') }}
            as days_61_90_amount,
        {{ amount_figure('ages.over_90_amount', 'rolled.zero_amount') }}
            as over_90_amount,
        cast(rolled.written_off_amount + rolled.estimated_paid_amount as {{ exact() }})
            as estimated_amount,
        rolled.day_count,
        {{ ratio(
            'rolled.closing_amount * rolled.day_count', 'rolled.invoiced_amount'
        ) }} as days_sales_outstanding,
        rolled.reporting_month <> cast('{{ as_of.replace(day=1) }}' as date)
            as is_ageing_estimated,
        rolled.reporting_month
    from rolled
    left join ages
        on rolled.source_relation = ages.source_relation
        and rolled.currency = ages.currency
        and rolled.reporting_month = ages.reporting_month

)

select * from final
