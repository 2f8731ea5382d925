with

charges as (

    select * from {{ ref('fct_charges') }}
    where is_failed

),

payments as (

    select * from {{ ref('fct_payments') }}
    where is_first_attempt_failed

),

failure_codes as (

    select * from {{ ref('stripe_failure_codes') }}

),

failures as (

    select
        source_relation,
        reporting_date,
        currency,
        failure_code,
        1 as charge_count,
        failed_amount as charge_amount,
        0 as first_failed_payment_count,
        failed_amount * 0 as first_failed_payment_amount,
        0 as recovered_count,
        failed_amount * 0 as recovered_amount
    from charges

    union all

    select
        source_relation,
        reporting_date,
        currency,
        first_failure_code as failure_code,
        0 as charge_count,
        payment_amount * 0 as charge_amount,
        1 as first_failed_payment_count,
        payment_amount as first_failed_payment_amount,
        case when is_recovered then 1 else 0 end as recovered_count,
        payment_amount * case when is_recovered then 1 else 0 end as recovered_amount
    from payments

),

summed as (

    select
        source_relation,
        reporting_date,
        currency,
        coalesce(failure_code, 'unknown') as failure_code,
        {{ count_figure('sum(charge_count)') }} as charge_count,
        cast(sum(charge_amount) as {{ exact() }}) as charge_amount,
        {{ count_figure('sum(first_failed_payment_count)') }}
            as first_failed_payment_count,
        cast(sum(first_failed_payment_amount) as {{ exact() }})
            as first_failed_payment_amount,
        {{ count_figure('sum(recovered_count)') }} as recovered_count,
        cast(sum(recovered_amount) as {{ exact() }}) as recovered_amount
    from failures
    where currency is not null
    group by
        source_relation,
        reporting_date,
        currency,
        coalesce(failure_code, 'unknown')

),

final as (

    select
        summed.source_relation,
        coalesce(failure_codes.category, 'unknown') as category,
        summed.currency,
        summed.failure_code,
        failure_codes.recommendation,
        summed.charge_count,
        summed.charge_amount,
        summed.first_failed_payment_count,
        summed.first_failed_payment_amount,
        summed.recovered_count,
        summed.recovered_amount,
        failure_codes.is_retryable,
        summed.reporting_date,
        {{ first_day_of('week', 'summed.reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'summed.reporting_date') }} as reporting_month
    from summed
    left join failure_codes
        on summed.failure_code = failure_codes.failure_code

)

select * from final
