-- Which failures cost most this month, and how many of their payments came in later?
with

charges as (

    select * from {{ ref('fct_charges') }}
    where is_failed
        and reporting_month = {{ first_day_of('month', as_of_date()) }}

),

payments as (

    select * from {{ ref('fct_payments') }}
    where is_first_attempt_failed

),

final as (

    select
        charges.source_relation,
        charges.currency,
        charges.failure_code,
        count(*) as failed_charge_count,
        sum(charges.failed_amount) as failed_charge_amount,
        sum(case when payments.is_recovered then 1 else 0 end)
            as recovered_payment_count
    from charges
    left join payments
        on charges.source_relation = payments.source_relation
        and charges.charge_id = payments.first_charge_id
    group by
        charges.source_relation,
        charges.currency,
        charges.failure_code

)

select * from final
order by
    currency asc,
    failed_charge_amount desc,
    failure_code asc
