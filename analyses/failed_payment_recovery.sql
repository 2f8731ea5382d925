-- Of the payments whose first attempt failed, by month and reason: how many came in
-- after all, how much, and how long it took.
with

payments as (

    select
        *,
        coalesce(first_failure_category, 'unknown') as failure_category,
        {{ days_between('created_at', 'succeeded_at') }} as days_to_recovery
    from {{ ref('fct_payments') }}
    where is_first_attempt_failed

),

summed as (

    select
        source_relation,
        currency,
        failure_category,
        reporting_month,
        count(*) as failed_payment_count,
        sum(payment_amount) as failed_amount,
        sum(case when is_recovered then 1 else 0 end) as recovered_payment_count,
        sum(case when is_recovered then payment_amount else 0 end)
            as recovered_amount,
        sum(case when is_recovered then days_to_recovery end) as days_to_recovery
    from payments
    group by
        source_relation,
        currency,
        failure_category,
        reporting_month

),

final as (

    select
        source_relation,
        currency,
        reporting_month,
        failure_category,
        failed_payment_count,
        recovered_payment_count,
        {{ ratio('recovered_payment_count', 'failed_payment_count') }}
            as recovery_rate,
        failed_amount,
        recovered_amount,
        {{ ratio('recovered_amount', 'failed_amount') }} as recovery_amount_rate,
        {{ ratio('days_to_recovery', 'recovered_payment_count') }}
            as mean_days_to_recovery
    from summed

)

select * from final
order by
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('currency') }} asc,
    reporting_month asc,
    {{ binary_order('failure_category') }} asc
