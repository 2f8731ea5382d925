{{ config(materialized=by_object('view')) }}

-- What became of each charge: its capture, refunds, disputes, money and times. Amounts
-- in another currency than the charge add nothing to its own.
with

captured as (

    select * from {{ touched('int_payments__charges_captured') }}
    where reporting_date is not null

),

refunds as (

    select
        refunds.source_relation,
        refunds.charge_id,
        sum(refunds.refund_count) as refund_count,
        cast(
            sum(
                case refunds.currency
                    when captured.currency then refunds.refund_amount
                end
            ) as {{ exact() }}
        ) as refunded_amount
    from {{ touched('fct_refunds') }} as refunds
    inner join captured
        on refunds.source_relation = captured.source_relation
        and refunds.charge_id = captured.charge_id
    group by refunds.source_relation, refunds.charge_id

),

disputes as (

    select
        disputes.source_relation,
        disputes.charge_id,
        sum(disputes.dispute_count) as dispute_count,
        cast(
            sum(
                case disputes.currency
                    when captured.currency then disputes.dispute_amount
                end
            ) as {{ exact() }}
        ) as disputed_amount
    from {{ rows_of('disputes', 'fct_disputes', is_touched=true, alias='disputes',
        string=['source_relation', 'charge_id', 'currency'],
        integer=['dispute_count'], numeric=['dispute_amount']) }}
    inner join captured
        on disputes.source_relation = captured.source_relation
        and disputes.charge_id = captured.charge_id
    group by disputes.source_relation, disputes.charge_id

),

volumes as (

    select * from {{ touched('int_charges__volumes') }}

),

sources_delivered as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

fulfillment as (

    select * from {{ touched('int_payments__fulfillment_timed') }}

),

final as (

    select
        captured.source_relation,
        captured.charge_id,
        captured.invoice_id,
        volumes.settlement_currency,
        captured.captured_amount_minor,
        refunds.refund_count,
        refunds.refunded_amount,
        disputes.dispute_count,
        disputes.disputed_amount,
        case
            when volumes.charge_id is null then sources_delivered.zero_amount
            else volumes.fee_amount
        end as fee_amount,
        case
            when volumes.charge_id is null then sources_delivered.zero_amount
            else volumes.net_volume_amount
        end as net_volume_amount,
        cast(fulfillment.days_to_payment as {{ exact() }}) as days_to_payment,
        cast(fulfillment.days_to_settlement as {{ exact() }}) as days_to_settlement,
        cast(fulfillment.days_to_fulfillment as {{ exact() }}) as days_to_fulfillment,
        cast(fulfillment.days_to_sync as {{ exact() }}) as days_to_sync,
        captured.is_gross,
        captured.reporting_date
    from captured
    left join refunds
        on captured.source_relation = refunds.source_relation
        and captured.charge_id = refunds.charge_id
    left join disputes
        on captured.source_relation = disputes.source_relation
        and captured.charge_id = disputes.charge_id
    left join volumes
        on captured.source_relation = volumes.source_relation
        and captured.charge_id = volumes.charge_id
    left join sources_delivered
        on captured.source_relation = sources_delivered.source_relation
    left join fulfillment
        on captured.source_relation = fulfillment.source_relation
        and captured.charge_id = fulfillment.charge_id

)

select * from final
