-- The codes of a day sum to its failed charges, and to its failed and recovered
-- payments.
{% call if_built() %}
with

reasons as (

    select
        source_relation,
        reporting_date,
        currency,
        sum(charge_count) as charge_count,
        sum(charge_amount) as charge_amount,
        sum(first_failed_payment_count) as payment_count,
        sum(first_failed_payment_amount) as payment_amount,
        sum(recovered_count) as recovered_count,
        sum(recovered_amount) as recovered_amount
    from {{ ref('finance_operations_failure_reasons') }}
    group by
        source_relation,
        reporting_date,
        currency

),

days as (

    select * from {{ ref('finance_operations_daily') }}

)

select
    days.source_relation,
    days.reporting_date,
    days.currency,
    days.failed_charge_count,
    reasons.charge_count,
    days.failed_charge_amount,
    reasons.charge_amount,
    days.first_failed_payment_count,
    reasons.payment_count
from days
left join reasons
    on days.source_relation = reasons.source_relation
    and days.reporting_date = reasons.reporting_date
    and days.currency = reasons.currency
where days.failed_charge_count <> coalesce(reasons.charge_count, 0)
    or days.failed_charge_amount <> coalesce(reasons.charge_amount, 0)
    or days.first_failed_payment_count <> coalesce(reasons.payment_count, 0)
    or days.first_failed_payment_amount <> coalesce(reasons.payment_amount, 0)
    or days.recovered_payment_count <> coalesce(reasons.recovered_count, 0)
    or days.recovered_payment_amount <> coalesce(reasons.recovered_amount, 0)
{% endcall %}
