{{ config(materialized=by_object('table'), meta={'object': 'charge_id'}) }}

-- How long each charge took: from when the payment was asked for, through the charge,
-- to the money; and Segment's own lag. A table: as a view its joins stand beside those
-- of fct_charges, and ten million charges do not fit into 8 GB.
with

charges as (

    select * from {{ touched('int_payments__charges_captured') }}
    where reporting_date is not null

),

invoices as (

    select * from {{ touched('int_payments__invoices_live') }}
    where is_by_as_of

),

payment_intents as (

    select * from {{ touched('stg_stripe__payment_intents') }}
    where {{ is_by_as_of('created_at') }}

),

settlements as (

    -- When the money was or will be available: by the charge's own transactions.
    select
        source_relation,
        charge_id,
        min(available_at) as settled_at
    from {{ touched('int_payments__transactions_tied') }}
    where is_payment
        and is_by_as_of
        and available_at is not null
    group by source_relation, charge_id

),

payments as (

    select
        source_relation,
        payment_id,
        min(created_at) as first_attempted_at
    from charges
    group by source_relation, payment_id

),

timed as (

    select
        charges.source_relation,
        charges.charge_id,
        charges.created_at,
        charges.received_at,
        case when charges.is_succeeded then charges.created_at end as succeeded_at,
        case when charges.is_succeeded then settlements.settled_at end as settled_at,
        {{ earlier_of('payments.first_attempted_at', earlier_of(
            'invoices.created_at', 'payment_intents.created_at'
        )) }} as asked_at
    from charges
    inner join payments
        on charges.source_relation = payments.source_relation
        and charges.payment_id = payments.payment_id
    left join invoices
        on charges.source_relation = invoices.source_relation
        and charges.invoice_id = invoices.invoice_id
    left join payment_intents
        on charges.source_relation = payment_intents.source_relation
        and charges.payment_intent_id = payment_intents.payment_intent_id
    left join settlements
        on charges.source_relation = settlements.source_relation
        and charges.charge_id = settlements.charge_id

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
