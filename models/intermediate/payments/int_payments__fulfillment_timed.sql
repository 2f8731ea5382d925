{{ config(materialized='table') }}

-- How long each charge took: from when the payment was asked for, through the charge,
-- to the money; and Segment's own lag.
with

charges as (

    select * from {{ ref('int_payments__charges_captured') }}
    where reporting_date is not null

),

invoices as (

    select * from {{ ref('int_payments__invoices_live') }}
    where is_by_as_of

),

payment_intents as (

    select * from {{ ref('stg_stripe__payment_intents') }}
    where {{ is_by_as_of('created_at') }}

),

settlements as (

    -- When the money was or will be available: by the charge's own transactions.
    select
        source_relation,
        charge_id,
        min(available_at) as settled_at
    from {{ ref('int_payments__transactions_tied') }}
    where is_payment
        and is_by_as_of
        and available_at is not null
    group by source_relation, charge_id

),

attempted as (

    select
        *,
        min(created_at) over (
            partition by source_relation, payment_id
        ) as first_attempted_at
    from charges

),

timed as (

    select
        attempted.source_relation,
        attempted.charge_id,
        attempted.created_at,
        attempted.received_at,
        case when attempted.is_succeeded then attempted.created_at end as succeeded_at,
        case when attempted.is_succeeded then settlements.settled_at end as settled_at,
        least(
            attempted.first_attempted_at,
            coalesce(invoices.created_at, attempted.first_attempted_at),
            coalesce(payment_intents.created_at, attempted.first_attempted_at)
        ) as asked_at
    from attempted
    left join invoices
        on attempted.source_relation = invoices.source_relation
        and attempted.invoice_id = invoices.invoice_id
    left join payment_intents
        on attempted.source_relation = payment_intents.source_relation
        and attempted.payment_intent_id = payment_intents.payment_intent_id
    left join settlements
        on attempted.source_relation = settlements.source_relation
        and attempted.charge_id = settlements.charge_id

),

final as (

    select
        source_relation,
        charge_id,
        {{ days_between('asked_at', 'succeeded_at') }} as days_to_payment,
        {{ days_between('succeeded_at', 'settled_at') }} as days_to_settlement,
        {{ days_between('asked_at', 'settled_at') }} as days_to_fulfillment,
        {{ days_between('created_at', 'received_at') }} as days_to_sync
    from timed

)

select * from final
