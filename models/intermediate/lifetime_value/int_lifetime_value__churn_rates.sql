-- The monthly churn rates of the twelve months before the as-of month, summed.
with

months as (

    select * from {{ ref('mrr_monthly') }}

),

final as (

    select
        source_relation,
        currency,
        cast(count(customer_churn_rate) as {{ dbt.type_bigint() }}) as month_count,
        cast(sum(customer_churn_rate) as numeric(38, 6)) as total_churn_rate
    from months
    where reporting_month < {{ first_day_of('month', as_of_date()) }}
        and reporting_month >= {{ as_of_month_back(12) }}
    group by source_relation, currency

)

select * from final
