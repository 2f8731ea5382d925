{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

with

invoices as (

    select * from {{ touched('fct_invoices') }}

),

final as (

    select
        source_relation,
        invoice_id,
        customer_id,
        subscription_id,
        currency,
        receipt_number,
        status,
        attempt_count,
        total,
        amount_due,
        amount_paid,
        amount_remaining,
        outstanding_amount,
        gross_amount,
        refund_amount,
        days_past_due,
        is_closed,
        is_paid,
        is_past_due,
        created_date,
        effective_due_date,
        paid_date,
        created_at
    from invoices

)

select * from final
