{{ config(materialized='table') }}

-- What each charge captured by the best evidence, and which invoice and payment it has.
with

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

payment_intents as (

    select * from {{ ref('stg_stripe__payment_intents') }}

),

charge_invoices as (

    select * from {{ ref('int_payments__charge_invoices') }}

),

charge_balances as (

    select * from {{ ref('int_payments__charge_balances') }}

),

flagged as (

    select
        charges.source_relation,
        charges.charge_id,
        charges.balance_transaction_id,
        charges.customer_id,
        coalesce(
            charges.invoice_id,
            payment_intents.invoice_id,
            charge_invoices.invoice_id
        ) as invoice_id,
        charges.payment_intent_id,
        charges.currency,
        charges.amount_minor,
        charges.amount_refunded_minor,
        coalesce(
            charges.amount_captured_minor,
            nullif(payment_intents.amount_received_minor, 0),
            charge_balances.amount_minor,
            charges.amount_minor
        ) as amount_received_minor,
        coalesce(charges.is_captured, true) as is_captured,
        coalesce(charges.status = 'succeeded', false) as is_succeeded,
        {{ reporting_date('charges.created_at') }} as reporting_date,
        charges.created_at,
        charges.received_at
    from charges
    left join payment_intents
        on charges.source_relation = payment_intents.source_relation
        and charges.payment_intent_id = payment_intents.payment_intent_id
    left join charge_invoices
        on charges.source_relation = charge_invoices.source_relation
        and charges.charge_id = charge_invoices.charge_id
    left join charge_balances
        on charges.source_relation = charge_balances.source_relation
        and charges.charge_id = charge_balances.charge_id
        and charges.currency = charge_balances.currency

),

final as (

    select
        source_relation,
        charge_id,
        balance_transaction_id,
        customer_id,
        invoice_id,
        coalesce(payment_intent_id, invoice_id, charge_id) as payment_id,
        payment_intent_id,
        currency,
        amount_minor,
        amount_refunded_minor,
        case
            when is_succeeded and is_captured then amount_received_minor
            else 0
        end as captured_amount_minor,
        is_captured,
        is_succeeded,
        is_succeeded and is_captured as is_gross,
        reporting_date,
        created_at,
        received_at
    from flagged
    where {{ is_by_as_of('created_at') }}

)

select * from final
