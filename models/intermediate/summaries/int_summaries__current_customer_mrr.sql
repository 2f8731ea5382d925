-- What each customer's subscriptions are worth on the as-of day.
with

months as (

    select * from {{ ref('fct_customer_mrr') }}

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        mrr_amount
    from months
    where reporting_month = {{ first_day_of('month', as_of_date()) }}

)

select * from final
