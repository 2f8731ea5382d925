{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

with

invoices as (

    select * from {{ touched('fct_invoices') }}

),

customers as (

    select * from {{ touched('dim_customers') }}

),

final as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        invoices.customer_id,
        invoices.subscription_id,
        invoices.ageing_bucket,
        invoices.billing_reason,
        invoices.currency,
        invoices.description,
        customers.email,
        invoices.receipt_number,
        invoices.status,
        invoices.subtotal,
        invoices.tax,
        invoices.discount,
        invoices.total,
        invoices.amount_due,
        invoices.amount_paid,
        invoices.amount_remaining,
        invoices.outstanding_amount,
        invoices.starting_balance,
        invoices.ending_balance,
        invoices.gross_amount,
        invoices.net_amount,
        invoices.failed_amount,
        invoices.refund_amount,
        invoices.attempt_count,
        invoices.charge_count,
        invoices.failed_charge_count,
        invoices.days_to_payment,
        invoices.days_past_due,
        invoices.is_attempted,
        invoices.is_closed,
        invoices.is_paid,
        invoices.is_past_due,
        invoices.created_date,
        invoices.effective_due_date,
        invoices.paid_date,
        invoices.created_at,
        invoices.next_payment_attempt_at,
        invoices.period_start_at,
        invoices.period_end_at
    from invoices
    left join customers
        on invoices.source_relation = customers.source_relation
        and invoices.customer_id = customers.customer_id

)

select * from final
