-- Each money column of the daily mart is, day by day, the sum of the facts behind it.
{% call if_built() %}
with

charges as (

    select
        source_relation,
        currency,
        reporting_date,
        sum(attempted_amount) as attempted_amount,
        sum(gross_amount) as gross_amount,
        sum(failed_amount) as failed_amount,
        sum(pending_amount) as pending_amount
    from {{ ref('fct_charges') }}
    group by
        source_relation,
        currency,
        reporting_date

),

refunds as (

    select
        source_relation,
        currency,
        reporting_date,
        sum(refund_amount) as refund_amount
    from {{ ref('fct_refunds') }}
    group by
        source_relation,
        currency,
        reporting_date

),

cohorts as (

    select
        source_relation,
        currency,
        charge_reporting_date as reporting_date,
        sum(refund_amount) as refunded_charge_amount
    from {{ ref('fct_refunds') }}
    group by
        source_relation,
        currency,
        charge_reporting_date

),

days as (

    select
        source_relation,
        currency,
        reporting_date,
        sum(attempted_charge_amount) as attempted_amount,
        sum(gross_charge_amount) as gross_amount,
        sum(failed_charge_amount) as failed_amount,
        sum(pending_charge_amount) as pending_amount,
        sum(refunded_charge_amount) as refunded_charge_amount,
        sum(refund_amount) as refund_amount,
        sum(net_charge_amount) as net_amount,
        sum(net_charge_cohort_amount) as net_cohort_amount
    from {{ ref('executive_summary_daily') }}
    group by
        source_relation,
        currency,
        reporting_date

)

select
    days.source_relation,
    days.currency,
    days.reporting_date,
    days.attempted_amount - charges.attempted_amount as attempted_difference,
    days.gross_amount - charges.gross_amount as gross_difference,
    days.failed_amount - charges.failed_amount as failed_difference,
    days.pending_amount - charges.pending_amount as pending_difference,
    days.refunded_charge_amount - cohorts.refunded_charge_amount
        as refunded_charge_difference,
    days.refund_amount - refunds.refund_amount as refund_difference
from days
left join charges
    on days.source_relation = charges.source_relation
    and days.currency = charges.currency
    and days.reporting_date = charges.reporting_date
left join cohorts
    on days.source_relation = cohorts.source_relation
    and days.currency = cohorts.currency
    and days.reporting_date = cohorts.reporting_date
left join refunds
    on days.source_relation = refunds.source_relation
    and days.currency = refunds.currency
    and days.reporting_date = refunds.reporting_date
where days.attempted_amount <> coalesce(charges.attempted_amount, 0)
    or days.gross_amount <> coalesce(charges.gross_amount, 0)
    or days.failed_amount <> coalesce(charges.failed_amount, 0)
    or days.pending_amount <> coalesce(charges.pending_amount, 0)
    or days.refunded_charge_amount <> coalesce(cohorts.refunded_charge_amount, 0)
    or days.refund_amount <> coalesce(refunds.refund_amount, 0)
    or days.net_amount
    <> coalesce(charges.gross_amount, 0) - coalesce(refunds.refund_amount, 0)
    or days.net_cohort_amount
    <> coalesce(charges.gross_amount, 0) - coalesce(cohorts.refunded_charge_amount, 0)
{% endcall %}
