-- Beside the Executive Summary's figures those that are its own: zero where nothing
-- happened, null where the day's amounts are, in a currency that we do not know.
with

days as (

    select * from {{ ref('executive_summary_daily') }}

),

charges as (

    select * from {{ ref('int_summaries__charges_daily') }}

),

payments as (

    select * from {{ ref('int_summaries__payments_daily') }}

),

disputes as (

    select * from {{ ref('int_summaries__disputes_daily') }}

),

volumes as (

    select * from {{ ref('int_summaries__volumes_daily') }}

),

figures as (

    select
        days.source_relation,
        days.currency,
        days.attempted_charge_count,
        days.attempted_charge_amount,
        days.succeeded_charge_count,
        days.gross_charge_count,
        days.gross_charge_amount,
        days.failed_charge_count,
        days.failed_charge_amount,
        days.pending_charge_count,
        days.pending_charge_amount,
        days.refund_count,
        days.refund_amount,
        days.refunded_charge_count,
        days.refunded_charge_amount,
        days.net_charge_amount,
        days.dispute_count,
        days.dispute_amount,
        {{ count_figure('disputed_charge_count') }} as disputed_charge_count,
        {{ count_figure('cohort_dispute_count') }} as cohort_dispute_count,
        {{ amount_figure('cohort_dispute_amount', 'days.dispute_amount * 0') }}
            as cohort_dispute_amount,
        {{ amount_figure('fee_amount', 'days.net_volume_amount * 0') }} as fee_amount,
        days.net_volume_amount,
        days.succeeded_payment_count,
        days.failed_payment_count,
        {{ count_figure('first_failed_payment_count') }} as first_failed_payment_count,
        {{ amount_figure('first_failed_payment_amount', 'days.refund_amount * 0') }}
            as first_failed_payment_amount,
        {{ count_figure('recovered_payment_count') }} as recovered_payment_count,
        {{ amount_figure('recovered_payment_amount', 'days.refund_amount * 0') }}
            as recovered_payment_amount,
        days.charge_success_rate,
        days.payment_success_rate,
        days.days_to_payment_total,
        {{ amount_figure('days_to_sync_total', '0') }} as days_to_sync_total,
        days.mean_days_to_payment,
        days.reporting_date,
        days.reporting_week,
        days.reporting_month
    from days
    left join charges
        on days.source_relation = charges.source_relation
        and days.reporting_date = charges.reporting_date
        and days.currency = charges.currency
    left join payments
        on days.source_relation = payments.source_relation
        and days.reporting_date = payments.reporting_date
        and days.currency = payments.currency
    left join disputes
        on days.source_relation = disputes.source_relation
        and days.reporting_date = disputes.reporting_date
        and days.currency = disputes.currency
    left join volumes
        on days.source_relation = volumes.source_relation
        and days.reporting_date = volumes.reporting_date
        and days.currency = volumes.currency

),

final as (

    select
        *,
        {{ ratio('refund_count', 'gross_charge_count') }} as refund_count_rate,
        {{ ratio('refund_amount', 'gross_charge_amount') }} as refund_amount_rate,
        {{ ratio('refunded_charge_count', 'gross_charge_count') }}
            as refunded_charge_count_rate,
        {{ ratio('refunded_charge_amount', 'gross_charge_amount') }}
            as refunded_charge_amount_rate,
        {{ ratio('cohort_dispute_count', 'succeeded_charge_count') }} as dispute_rate,
        {{ ratio('dispute_count', 'succeeded_charge_count') }} as dispute_activity_rate,
        {{ ratio('recovered_payment_count', 'first_failed_payment_count') }}
            as recovery_rate,
        {{ ratio('recovered_payment_amount', 'first_failed_payment_amount') }}
            as recovery_amount_rate,
        {{ ratio('days_to_sync_total', 'attempted_charge_count') }}
            as mean_days_to_sync
    from figures

)

select * from final
