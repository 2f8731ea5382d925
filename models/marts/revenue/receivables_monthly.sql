{%- set as_of = as_of_day() %}

with

months as (

    select * from {{ ref('int_receivables__moved_monthly') }}

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
            ) as numeric(38, 6)
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
        source_relation,
        currency,
        cast(closing_amount - moved_amount as numeric(38, 6)) as opening_amount,
        invoiced_amount,
        paid_amount,
        written_off_amount,
        closing_amount,
        cast(written_off_amount + estimated_paid_amount as numeric(38, 6))
            as estimated_amount,
        day_count,
        {{ ratio('closing_amount * day_count', 'invoiced_amount') }}
            as days_sales_outstanding,
        reporting_month
    from rolled

)

select * from final
