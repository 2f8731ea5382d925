-- Each figure of the daily mart sums to the facts that it is made of, per currency.
with

charges as (

    select
        source_relation,
        currency,
        count(*) as attempted_count,
        sum(attempted_amount) as attempted_amount,
        sum(failed_amount) as failed_amount,
        sum(gross_amount) as gross_amount,
        sum(refunded_amount) as refunded_amount,
        sum(case when dispute_count > 0 then 1 else 0 end) as disputed_count,
        sum(days_to_payment) as payment_days,
        sum(days_to_sync) as sync_days
    from {{ ref('fct_charges') }}
    group by
        source_relation,
        currency

),

refunds as (

    select
        source_relation,
        currency,
        sum(refund_amount) as refund_amount
    from {{ ref('fct_refunds') }}
    group by
        source_relation,
        currency

),

disputes as (

    select
        source_relation,
        currency,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount
    from {{ ref('fct_disputes') }}
    group by
        source_relation,
        currency

),

cohort_disputes as (

    select
        source_relation,
        currency,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount
    from {{ ref('fct_disputes') }}
    where charge_reporting_date is not null
    group by
        source_relation,
        currency

),

transactions as (

    select
        source_relation,
        currency,
        sum(fee_amount) as fee_amount,
        sum(net_amount) as net_amount
    from {{ ref('fct_balance_transactions') }}
    where is_net_volume
    group by
        source_relation,
        currency

),

first_failures as (

    select
        source_relation,
        currency,
        count(*) as payment_count,
        sum(payment_amount) as payment_amount
    from {{ ref('fct_payments') }}
    where is_first_attempt_failed
    group by
        source_relation,
        currency

),

recoveries as (

    select
        source_relation,
        currency,
        count(*) as payment_count,
        sum(payment_amount) as payment_amount
    from {{ ref('fct_payments') }}
    where is_recovered
    group by
        source_relation,
        currency

),

days as (

    select
        source_relation,
        currency,
        sum(attempted_charge_count) as attempted_charge_count,
        sum(attempted_charge_amount) as attempted_charge_amount,
        sum(failed_charge_amount) as failed_charge_amount,
        sum(gross_charge_amount) as gross_charge_amount,
        sum(refunded_charge_amount) as refunded_charge_amount,
        sum(disputed_charge_count) as disputed_charge_count,
        sum(days_to_payment_total) as days_to_payment_total,
        sum(days_to_sync_total) as days_to_sync_total,
        sum(refund_amount) as refund_amount,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount,
        sum(cohort_dispute_count) as cohort_dispute_count,
        sum(cohort_dispute_amount) as cohort_dispute_amount,
        sum(fee_amount) as fee_amount,
        sum(net_volume_amount) as net_volume_amount,
        sum(first_failed_payment_count) as first_failed_payment_count,
        sum(first_failed_payment_amount) as first_failed_payment_amount,
        sum(recovered_payment_count) as recovered_payment_count,
        sum(recovered_payment_amount) as recovered_payment_amount
    from {{ ref('finance_operations_daily') }}
    group by
        source_relation,
        currency

)

select days.*
from days
left join charges
    on days.source_relation = charges.source_relation
    and days.currency = charges.currency
left join refunds
    on days.source_relation = refunds.source_relation
    and days.currency = refunds.currency
left join disputes
    on days.source_relation = disputes.source_relation
    and days.currency = disputes.currency
left join cohort_disputes
    on days.source_relation = cohort_disputes.source_relation
    and days.currency = cohort_disputes.currency
left join transactions
    on days.source_relation = transactions.source_relation
    and days.currency = transactions.currency
left join first_failures
    on days.source_relation = first_failures.source_relation
    and days.currency = first_failures.currency
left join recoveries
    on days.source_relation = recoveries.source_relation
    and days.currency = recoveries.currency
where days.attempted_charge_count <> coalesce(charges.attempted_count, 0)
    or days.attempted_charge_amount <> coalesce(charges.attempted_amount, 0)
    or days.failed_charge_amount <> coalesce(charges.failed_amount, 0)
    or days.gross_charge_amount <> coalesce(charges.gross_amount, 0)
    or days.refunded_charge_amount <> coalesce(charges.refunded_amount, 0)
    or days.disputed_charge_count <> coalesce(charges.disputed_count, 0)
    or days.days_to_payment_total <> coalesce(charges.payment_days, 0)
    or days.days_to_sync_total <> coalesce(charges.sync_days, 0)
    or days.refund_amount <> coalesce(refunds.refund_amount, 0)
    or days.dispute_count <> coalesce(disputes.dispute_count, 0)
    or days.dispute_amount <> coalesce(disputes.dispute_amount, 0)
    or days.cohort_dispute_count <> coalesce(cohort_disputes.dispute_count, 0)
    or days.cohort_dispute_amount <> coalesce(cohort_disputes.dispute_amount, 0)
    or days.fee_amount <> coalesce(transactions.fee_amount, 0)
    or days.net_volume_amount <> coalesce(transactions.net_amount, 0)
    or days.first_failed_payment_count <> coalesce(first_failures.payment_count, 0)
    or days.first_failed_payment_amount <> coalesce(first_failures.payment_amount, 0)
    or days.recovered_payment_count <> coalesce(recoveries.payment_count, 0)
    or days.recovered_payment_amount <> coalesce(recoveries.payment_amount, 0)
