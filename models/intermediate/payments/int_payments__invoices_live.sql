{{ config(materialized=by_object('view')) }}

-- Invoices of any day, and whether that is up to the as-of day. They have no livemode:
-- those of a test-mode subscription are test data.
with

invoices as (

    select * from {{ touched('stg_stripe__invoices') }}

),

test_mode_subscriptions as (

    select * from {{ touched('stg_stripe__test_mode_subscriptions') }}

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
        invoices.status,
        invoices.amount_due_minor,
        invoices.application_fee_minor,
        invoices.attempt_count,
        invoices.ending_balance_minor,
        invoices.starting_balance_minor,
        invoices.subtotal_minor,
        invoices.tax_minor,
        invoices.total_minor,
        invoices.amount_paid_minor,
        invoices.amount_remaining_minor,
        invoices.is_attempted,
        invoices.is_auto_advance,
        invoices.is_closed,
        invoices.is_forgiven,
        invoices.is_paid,
        invoices.due_at,
        invoices.period_end_at,
        invoices.period_start_at,
        invoices.created_at,
        invoices.next_payment_attempt_at,
        invoices.webhooks_delivered_at,
        invoices.received_at,
        invoices.loaded_at,
        {{ is_by_as_of('invoices.created_at') }} as is_by_as_of
    from invoices
    left join test_mode_subscriptions
        on invoices.source_relation = test_mode_subscriptions.source_relation
        and invoices.subscription_id = test_mode_subscriptions.subscription_id
    where test_mode_subscriptions.subscription_id is null

)

select * from final
