-- A week holds the charges of its days, and its mean is what these took.
{% call if_built() %}
with

days as (

    select
        source_relation,
        reporting_week,
        currency,
        sum(succeeded_charge_count) as charge_count,
        sum(days_to_payment_total) as days_to_payment_total
    from {{ ref('finance_operations_daily') }}
    group by
        source_relation,
        reporting_week,
        currency

),

weeks as (

    select * from {{ ref('finance_operations_fulfillment_weekly') }}

)

select
    days.source_relation,
    days.reporting_week,
    days.currency,
    days.charge_count as daily_charge_count,
    weeks.charge_count,
    weeks.settled_charge_count,
    weeks.mean_days_to_payment
from days
left join weeks
    on days.source_relation = weeks.source_relation
    and days.reporting_week = weeks.reporting_week
    and days.currency = weeks.currency
where weeks.charge_count is null
    or weeks.charge_count <> days.charge_count
    or weeks.settled_charge_count > weeks.charge_count
    or weeks.mean_days_to_payment
    <> {{ ratio('days.days_to_payment_total', 'days.charge_count') }}
{% endcall %}
