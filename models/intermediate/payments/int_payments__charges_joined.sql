-- Each charge beside all that is known of it elsewhere.
with

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

captured as (

    select * from {{ ref('int_payments__charges_captured') }}
    where reporting_date is not null

),

refunds as (

    select
        source_relation,
        charge_id,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refunded_amount
    from {{ ref('fct_refunds') }}
    group by source_relation, charge_id

),

disputes as (

    select
        source_relation,
        charge_id,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as disputed_amount
    from {{ ref('fct_disputes') }}
    group by source_relation, charge_id

),

volumes as (

    select * from {{ ref('int_balances__charge_volumes') }}

),

sources_delivered as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

fulfillment as (

    select * from {{ ref('int_payments__fulfillment_timed') }}

),

failure_codes as (

    select * from {{ ref('stripe_failure_codes') }}

),

final as (

    select
        charges.*,
        captured.invoice_id as resolved_invoice_id,
        captured.captured_amount_minor,
        captured.is_gross,
        captured.reporting_date,
        case
            when charges.status = 'failed'
                then coalesce(failure_codes.category, 'unknown')
        end as failure_category,
        case when charges.status = 'failed' then failure_codes.is_retryable end
            as is_retryable,
        refunds.refund_count,
        refunds.refunded_amount,
        disputes.dispute_count,
        disputes.disputed_amount,
        volumes.settlement_currency,
        case
            when volumes.charge_id is null then sources_delivered.zero_amount
            else volumes.fee_amount
        end as fee_amount,
        case
            when volumes.charge_id is null then sources_delivered.zero_amount
            else volumes.net_volume_amount
        end as net_volume_amount,
        fulfillment.days_to_payment,
        fulfillment.days_to_settlement,
        fulfillment.days_to_fulfillment,
        fulfillment.days_to_sync
    from charges
    inner join captured
        on charges.source_relation = captured.source_relation
        and charges.charge_id = captured.charge_id
    left join refunds
        on charges.source_relation = refunds.source_relation
        and charges.charge_id = refunds.charge_id
    left join disputes
        on charges.source_relation = disputes.source_relation
        and charges.charge_id = disputes.charge_id
    left join volumes
        on charges.source_relation = volumes.source_relation
        and charges.charge_id = volumes.charge_id
    left join sources_delivered
        on charges.source_relation = sources_delivered.source_relation
    left join fulfillment
        on charges.source_relation = fulfillment.source_relation
        and charges.charge_id = fulfillment.charge_id
    left join failure_codes
        on charges.failure_code = failure_codes.failure_code

)

select * from final
