-- Invoices up to the as-of day, those without a date among them.
with

invoices as (

    select * from {{ ref('int_payments__invoices_live') }}

),

final as (

    select
        source_relation,
        invoice_id,
        charge_id,
        customer_id,
        subscription_id,
        billing_reason,
        currency,
        description,
        receipt_number,
        statement_descriptor,
        status,
        amount_due_minor,
        application_fee_minor,
        attempt_count,
        ending_balance_minor,
        starting_balance_minor,
        subtotal_minor,
        tax_minor,
        total_minor,
        amount_paid_minor,
        amount_remaining_minor,
        is_attempted,
        is_auto_advance,
        is_closed,
        is_forgiven,
        is_paid,
        due_at,
        period_end_at,
        period_start_at,
        created_at,
        next_payment_attempt_at,
        webhooks_delivered_at,
        received_at,
        loaded_at
    from invoices
    where {{ is_by_as_of('created_at') }}

)

select * from final
