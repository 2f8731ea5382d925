with

invoices as (

    select * from {{ ref('int_receivables__invoices_aged') }}

),

final as (

    select
        source_relation,
        invoice_id,
        charge_id,
        customer_id,
        subscription_id,
        ageing_bucket,
        billing_reason,
        currency,
        description,
        receipt_number,
        statement_descriptor,
        status,
        subtotal,
        tax,
        discount,
        total,
        amount_due,
        amount_paid,
        amount_remaining,
        outstanding_amount,
        bad_debt_amount,
        starting_balance,
        ending_balance,
        application_fee,
        gross_amount,
        failed_amount,
        refund_amount,
        cast(gross_amount - refund_amount as numeric(38, 6)) as net_amount,
        days_to_payment,
        days_past_due,
        attempt_count,
        charge_count,
        succeeded_charge_count,
        failed_charge_count,
        dispute_count,
        is_attempted,
        is_auto_advance,
        is_closed,
        is_date_estimated,
        is_forgiven,
        is_open,
        is_paid,
        is_past_due,
        is_status_derived,
        created_date,
        effective_due_date,
        paid_date,
        created_date as reporting_date,
        {{ first_day_of('week', 'created_date') }} as reporting_week,
        {{ first_day_of('month', 'created_date') }} as reporting_month,
        created_at,
        due_at,
        next_payment_attempt_at,
        paid_at,
        period_start_at,
        period_end_at,
        webhooks_delivered_at
    from invoices

)

select * from final
