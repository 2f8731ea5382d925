{{ config(
    materialized=by_object('table'), meta={'object': 'charge_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

charges as (

    select * from {{ touched('stg_stripe__charges') }}

),

outcomes as (

    select * from {{ touched('int_charges__outcomes') }}

),

failure_codes as (

    select * from {{ ref('stripe_failure_codes') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

joined as (

    select
        charges.*,
        outcomes.invoice_id as resolved_invoice_id,
        outcomes.settlement_currency,
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
        outcomes.reporting_date,
        failure_codes.category,
        failure_codes.is_retryable,
        {{ major_units('charges.amount_minor') }} as attempted_amount,
        {{ major_units('outcomes.captured_amount_minor') }} as gross_amount,
        {{ major_units('charges.application_fee_minor') }} as application_fee_amount,
        {{ major_units('0') }} as zero_amount,
        coalesce(charges.status = 'succeeded', false) as is_succeeded,
        coalesce(charges.status = 'failed', false) as is_failed,
        coalesce(charges.status = 'pending', false) as is_pending
    from charges
    inner join outcomes
        on charges.source_relation = outcomes.source_relation
        and charges.charge_id = outcomes.charge_id
    left join failure_codes
        on charges.failure_code = failure_codes.failure_code
    left join currencies
        on charges.currency = currencies.currency

),

final as (

    select
        source_relation,
        charge_id,
        balance_transaction_id,
        customer_id,
        destination_id,
        dispute_id,
        resolved_invoice_id as invoice_id,
        payment_intent_id,
        payment_method_id,
        currency,
        description,
        case when is_failed then coalesce(category, 'unknown') end as failure_category,
        failure_code,
        failure_message,
        fraud_details_stripe_report,
        fraud_details_user_report,
        receipt_email,
        receipt_number,
        settlement_currency,
        shipping_address_city,
        shipping_address_country,
        shipping_address_line1,
        shipping_address_line2,
        shipping_address_postal_code,
        shipping_address_state,
        shipping_carrier,
        shipping_name,
        shipping_phone,
        shipping_tracking_number,
        statement_descriptor,
        status,
        tokenization_method,
        amount_minor,
        amount_captured_minor,
        amount_refunded_minor,
        attempted_amount,
        gross_amount,
        case when is_failed then attempted_amount else zero_amount end as failed_amount,
        case when is_pending then attempted_amount else zero_amount end
            as pending_amount,
        {{ amount_figure('refunded_amount', 'zero_amount') }} as refunded_amount,
        cast(gross_amount - coalesce(refunded_amount, zero_amount) as {{ exact() }})
            as net_amount,
        {{ amount_figure('disputed_amount', 'zero_amount') }} as disputed_amount,
        application_fee_amount,
        cast(fee_amount as {{ exact() }}) as fee_amount,
        cast(net_volume_amount as {{ exact() }}) as net_volume_amount,
        {{ count_figure('refund_count') }} as refund_count,
        {{ count_figure('dispute_count') }} as dispute_count,
        days_to_payment,
        days_to_settlement,
        days_to_fulfillment,
        days_to_sync,
        is_succeeded,
        is_failed,
        is_pending,
        is_gross,
        is_succeeded and not is_gross as is_uncaptured,
        is_captured,
        is_livemode,
        is_paid,
        is_refunded,
        case when is_failed then is_retryable end as is_retryable,
        reporting_date,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month,
        created_at
    from joined

)

select * from final
