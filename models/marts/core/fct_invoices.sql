with

invoices as (

    select * from {{ ref('int_receivables__invoices_normalized') }}

),

aged as (

    select * from {{ ref('int_receivables__invoices_aged') }}

),

charges as (

    select * from {{ ref('int_receivables__charges_summed') }}

),

homes as (

    select * from {{ ref('int_payments__home_currencies') }}

),

final as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        invoices.charge_id,
        invoices.customer_id,
        invoices.subscription_id,
        aged.ageing_bucket,
        invoices.billing_reason,
        invoices.currency,
        invoices.description,
        homes.currency as home_currency,
        invoices.receipt_number,
        invoices.statement_descriptor,
        aged.status,
        invoices.subtotal,
        invoices.tax,
        invoices.exclusive_tax,
        invoices.discount,
        invoices.total,
        invoices.amount_due,
        aged.amount_paid,
        aged.amount_remaining,
        aged.outstanding_amount,
        aged.bad_debt_amount,
        invoices.starting_balance,
        invoices.ending_balance,
        invoices.application_fee,
        {{ amount_figure('charges.gross_amount', 'invoices.zero_amount') }}
            as gross_amount,
        {{ amount_figure('charges.failed_amount', 'invoices.zero_amount') }}
            as failed_amount,
        {{ amount_figure('charges.refund_amount', 'invoices.zero_amount') }}
            as refund_amount,
        cast(
            {{ amount_figure('charges.gross_amount', 'invoices.zero_amount') }}
            - {{ amount_figure('charges.refund_amount', 'invoices.zero_amount') }}
            as numeric(38, 6)
        ) as net_amount,
        charges.days_to_payment,
        aged.days_past_due,
        invoices.attempt_count,
        {{ count_figure('charges.charge_count') }} as charge_count,
        {{ count_figure('charges.succeeded_charge_count') }} as succeeded_charge_count,
        {{ count_figure('charges.failed_charge_count') }} as failed_charge_count,
        {{ count_figure('charges.dispute_count') }} as dispute_count,
        invoices.is_attempted,
        invoices.is_auto_advance,
        invoices.is_closed,
        aged.is_date_estimated,
        invoices.is_forgiven,
        aged.is_open,
        aged.is_paid,
        aged.is_past_due,
        invoices.is_status_derived,
        invoices.created_date,
        invoices.effective_due_date,
        aged.paid_date,
        invoices.created_date as reporting_date,
        {{ first_day_of('week', 'invoices.created_date') }} as reporting_week,
        {{ first_day_of('month', 'invoices.created_date') }} as reporting_month,
        invoices.created_at,
        invoices.due_at,
        invoices.next_payment_attempt_at,
        aged.paid_at,
        invoices.period_start_at,
        invoices.period_end_at,
        invoices.webhooks_delivered_at
    from invoices
    inner join aged
        on invoices.source_relation = aged.source_relation
        and invoices.invoice_id = aged.invoice_id
    left join charges
        on invoices.source_relation = charges.source_relation
        and invoices.invoice_id = charges.invoice_id
    left join homes
        on invoices.source_relation = homes.source_relation
        and invoices.customer_id = homes.customer_id

)

select * from final
