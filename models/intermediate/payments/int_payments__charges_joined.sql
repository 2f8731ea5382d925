-- Each charge beside what became of it.
with

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

outcomes as (

    select * from {{ ref('int_payments__charge_outcomes') }}

),

failure_codes as (

    select * from {{ ref('stripe_failure_codes') }}

),

final as (

    select
        charges.source_relation,
        charges.charge_id,
        outcomes.invoice_id,
        charges.balance_transaction_id,
        charges.customer_id,
        charges.destination_id,
        charges.dispute_id,
        charges.payment_intent_id,
        charges.payment_method_id,
        charges.currency,
        charges.description,
        charges.failure_code,
        charges.failure_message,
        charges.fraud_details_stripe_report,
        charges.fraud_details_user_report,
        charges.receipt_email,
        charges.receipt_number,
        charges.shipping_address_city,
        charges.shipping_address_country,
        charges.shipping_address_line1,
        charges.shipping_address_line2,
        charges.shipping_address_postal_code,
        charges.shipping_address_state,
        charges.shipping_carrier,
        charges.shipping_name,
        charges.shipping_phone,
        charges.shipping_tracking_number,
        charges.statement_descriptor,
        charges.status,
        charges.tokenization_method,
        charges.amount_refunded_minor,
        charges.amount_minor,
        charges.application_fee_minor,
        charges.amount_captured_minor,
        outcomes.settlement_currency,
        case
            when charges.status = 'failed'
                then coalesce(failure_codes.category, 'unknown')
        end as failure_category,
        outcomes.captured_amount_minor,
        outcomes.refund_count,
        outcomes.refunded_amount,
        outcomes.dispute_count,
        outcomes.disputed_amount,
        outcomes.fee_amount,
        outcomes.net_volume_amount,
        outcomes.days_to_payment,
        outcomes.days_to_settlement,
        outcomes.days_to_fulfillment,
        outcomes.days_to_sync,
        outcomes.is_gross,
        charges.is_captured,
        charges.is_livemode,
        charges.is_paid,
        charges.is_refunded,
        case when charges.status = 'failed' then failure_codes.is_retryable end
            as is_retryable,
        outcomes.reporting_date,
        charges.created_at
    from charges
    inner join outcomes
        on charges.source_relation = outcomes.source_relation
        and charges.charge_id = outcomes.charge_id
    left join failure_codes
        on charges.failure_code = failure_codes.failure_code

)

select * from final
