with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

charges as (

    select * from {{ ref('int_summaries__charges_daily') }}

),

payments as (

    select * from {{ ref('int_summaries__payments_daily') }}

),

refunds as (

    select * from {{ ref('int_summaries__refunds_daily') }}

),

disputes as (

    select * from {{ ref('int_summaries__disputes_daily') }}

),

volumes as (

    select * from {{ ref('int_summaries__volumes_daily') }}

),

customers as (

    select
        source_relation,
        created_date as reporting_date,
        currency,
        count(*) as new_customer_count
    from {{ ref('dim_customers') }}
    group by source_relation, created_date, currency

),

figures as (

    select
        days.source_relation,
        days.currency,
        {{ count_figure('attempted_charge_count') }} as attempted_charge_count,
        {{ amount_figure('attempted_charge_amount') }} as attempted_charge_amount,
        {{ count_figure('succeeded_charge_count') }} as succeeded_charge_count,
        {{ count_figure('gross_charge_count') }} as gross_charge_count,
        {{ amount_figure('gross_charge_amount') }} as gross_charge_amount,
        {{ count_figure('failed_charge_count') }} as failed_charge_count,
        {{ amount_figure('failed_charge_amount') }} as failed_charge_amount,
        {{ count_figure('pending_charge_count') }} as pending_charge_count,
        {{ amount_figure('pending_charge_amount') }} as pending_charge_amount,
        {{ count_figure('refund_count') }} as refund_count,
        {{ amount_figure('refund_amount') }} as refund_amount,
        {{ count_figure('refunded_charge_count') }} as refunded_charge_count,
        {{ amount_figure('refunded_charge_amount') }} as refunded_charge_amount,
        {{ count_figure('dispute_count') }} as dispute_count,
        {{ amount_figure('dispute_amount') }} as dispute_amount,
        {{ amount_figure('net_volume_amount', 'days.zero_volume_amount') }}
            as net_volume_amount,
        {{ count_figure('succeeded_payment_count') }} as succeeded_payment_count,
        {{ count_figure('failed_payment_count') }} as failed_payment_count,
        {{ count_figure('new_customer_count') }} as new_customer_count,
        {{ amount_figure('days_to_payment_total', '0') }} as days_to_payment_total,
        days.reporting_date
    from days
    left join charges
        on days.source_relation = charges.source_relation
        and days.reporting_date = charges.reporting_date
        and days.currency = charges.currency
    left join payments
        on days.source_relation = payments.source_relation
        and days.reporting_date = payments.reporting_date
        and days.currency = payments.currency
    left join refunds
        on days.source_relation = refunds.source_relation
        and days.reporting_date = refunds.reporting_date
        and days.currency = refunds.currency
    left join disputes
        on days.source_relation = disputes.source_relation
        and days.reporting_date = disputes.reporting_date
        and days.currency = disputes.currency
    left join volumes
        on days.source_relation = volumes.source_relation
        and days.reporting_date = volumes.reporting_date
        and days.currency = volumes.currency
    left join customers
        on days.source_relation = customers.source_relation
        and days.reporting_date = customers.reporting_date
        and days.currency = customers.currency

),

final as (

    select
        *,
        gross_charge_amount - refund_amount as net_charge_amount,
        gross_charge_amount - refunded_charge_amount as net_charge_cohort_amount,
        {{ success_rate('charge') }} as charge_success_rate,
        {{ success_rate('payment') }} as payment_success_rate,
        {{ mean_days_to_payment() }} as mean_days_to_payment,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month
    from figures

)

select * from final
