-- Months are sums of days, and what a closed month is compared with is the whole month
-- before it.
with

days as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(attempted_charge_count) as attempted_charge_count,
        sum(net_charge_amount) as net_charge_amount,
        sum(net_charge_cohort_amount) as net_charge_cohort_amount,
        sum(new_customer_count) as new_customer_count
    from {{ ref('executive_summary_daily') }}
    group by
        source_relation,
        currency,
        reporting_month

),

months as (

    select * from {{ ref('executive_summary_monthly') }}

)

select
    days.source_relation,
    days.currency,
    days.reporting_month,
    days.net_charge_amount as daily_net_charge_amount,
    months.net_charge_amount as monthly_net_charge_amount
from days
left join months
    on days.source_relation = months.source_relation
    and days.currency = months.currency
    and days.reporting_month = months.reporting_month
left join months as next_months
    on days.source_relation = next_months.source_relation
    and days.currency = next_months.currency
    and {{ dbt.dateadd('month', 1, 'days.reporting_month') }}
    = next_months.reporting_month
where months.reporting_month is null
    or months.attempted_charge_count <> days.attempted_charge_count
    or months.net_charge_amount <> days.net_charge_amount
    or months.net_charge_cohort_amount <> days.net_charge_cohort_amount
    or months.new_customer_count <> days.new_customer_count
    or (
        next_months.reporting_month < cast('{{ as_of_day().replace(day=1) }}' as date)
        and next_months.previous_net_charge_amount <> days.net_charge_amount
    )
