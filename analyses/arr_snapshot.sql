-- Annual recurring revenue today, and against one and twelve months ago.
with

months as (

    select * from {{ ref('mrr_monthly') }}

),

ranked as (

    select
        *,
        lag(arr_amount, 1) over (
            partition by source_relation, currency
            order by reporting_month asc
        ) as arr_a_month_ago_amount,
        lag(arr_amount, 12) over (
            partition by source_relation, currency
            order by reporting_month asc
        ) as arr_a_year_ago_amount
    from months

),

final as (

    select
        source_relation,
        currency,
        reporting_month,
        arr_amount,
        arr_a_month_ago_amount,
        arr_a_year_ago_amount,
        {{ ratio('(arr_amount - arr_a_year_ago_amount)', 'arr_a_year_ago_amount') }}
            as arr_growth_of_a_year,
        closing_customer_count as customer_count,
        arpa_amount,
        {{ ratio('estimated_mrr_amount', 'closing_mrr_amount') }} as estimated_share
    from ranked
    where reporting_month = {{ first_day_of('month', as_of_date()) }}

)

select * from final
order by
    source_relation asc,
    currency asc
