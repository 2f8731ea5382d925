{{ config(materialized=built_as('table')) }}

-- Payments summed by the day of their first attempt.
with

payments as (

    select * from {{ ref('fct_payments') }}

),

final as (

    select
        source_relation,
        reporting_date,
        currency,
        sum(case when status = 'succeeded' then 1 else 0 end)
            as succeeded_payment_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_payment_count,
        sum(case when is_first_attempt_failed then 1 else 0 end)
            as first_failed_payment_count,
        sum(case when is_first_attempt_failed then payment_amount end)
            as first_failed_payment_amount,
        sum(case when is_recovered then 1 else 0 end) as recovered_payment_count,
        sum(case when is_recovered then payment_amount end) as recovered_payment_amount
    from payments
    group by source_relation, reporting_date, currency

)

select * from final
