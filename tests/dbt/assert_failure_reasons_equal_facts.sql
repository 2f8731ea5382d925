-- Failures by reason sum to the failed charges and first-failed payments of each day.
with

days as (

    select * from {{ ref('finance_operations_daily') }}

),

reasons as (

    select
        source_relation,
        currency,
        reporting_date,
        sum(charge_count) as charge_count,
        sum(charge_amount) as charge_amount,
        sum(first_failed_payment_count) as first_failed_payment_count,
        sum(first_failed_payment_amount) as first_failed_payment_amount,
        sum(recovered_count) as recovered_count,
        sum(recovered_amount) as recovered_amount
    from {{ ref('finance_operations_failure_reasons') }}
    group by
        source_relation,
        currency,
        reporting_date

)

select
    days.source_relation,
    days.currency,
    days.reporting_date,
    days.failed_charge_count,
    reasons.charge_count,
    days.recovered_payment_count,
    reasons.recovered_count
from days
left join reasons
    on days.source_relation = reasons.source_relation
    and days.currency = reasons.currency
    and days.reporting_date = reasons.reporting_date
where days.failed_charge_count <> coalesce(reasons.charge_count, 0)
    or days.failed_charge_amount <> coalesce(reasons.charge_amount, 0)
    or days.first_failed_payment_count
    <> coalesce(reasons.first_failed_payment_count, 0)
    or days.first_failed_payment_amount
    <> coalesce(reasons.first_failed_payment_amount, 0)
    or days.recovered_payment_count <> coalesce(reasons.recovered_count, 0)
    or days.recovered_payment_amount <> coalesce(reasons.recovered_amount, 0)
