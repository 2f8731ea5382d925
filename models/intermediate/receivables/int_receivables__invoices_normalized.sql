{{ config(materialized=by_object('view')) }}

-- Invoices in major units, with their status, discount and dates in reporting terms.
with

invoices as (

    select * from {{ touched('int_receivables__invoices_stated') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

final as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        invoices.charge_id,
        invoices.customer_id,
        invoices.subscription_id,
        invoices.billing_reason,
        invoices.currency,
        invoices.description,
        invoices.receipt_number,
        invoices.statement_descriptor,
        invoices.known_status as status,
        {{ major_units('invoices.subtotal_minor') }} as subtotal,
        {{ major_units('invoices.tax_minor') }} as tax,
        {{ major_units('invoices.exclusive_tax_minor') }} as exclusive_tax,
        {{ major_units('invoices.discount_minor') }} as discount,
        {{ major_units('invoices.total_minor') }} as total,
        {{ major_units('invoices.due_minor') }} as amount_due,
        {{ major_units('invoices.paid_minor') }} as amount_paid,
        {{ major_units('invoices.remaining_minor') }} as amount_remaining,
        {{ major_units('invoices.starting_balance_minor') }} as starting_balance,
        {{ major_units('invoices.ending_balance_minor') }} as ending_balance,
        {{ major_units('invoices.application_fee_minor') }} as application_fee,
        currencies.minor_unit,
        {{ major_units('0') }} as zero_amount,
        invoices.settled_minor,
        invoices.attempt_count,
        invoices.is_attempted,
        invoices.is_auto_advance,
        invoices.is_closed,
        invoices.is_forgiven,
        invoices.status is null as is_status_derived,
        {{ reporting_date('invoices.created_at') }} as created_date,
        {{ reporting_date('coalesce(invoices.due_at, invoices.created_at)') }}
            as effective_due_date,
        invoices.created_at,
        invoices.due_at,
        invoices.next_payment_attempt_at,
        invoices.period_end_at,
        invoices.period_start_at,
        invoices.webhooks_delivered_at
    from invoices
    left join currencies
        on invoices.currency = currencies.currency

)

select * from final
