{{ config(materialized=by_object('table'), meta={'object': 'charge_id'}) }}

-- What each charge captured by the best evidence, and which invoice and payment it has.
with

charges as (

    select * from {{ touched('stg_stripe__charges') }}

),

payment_intents as (

    select * from {{ touched('stg_stripe__payment_intents') }}

),

charge_invoices as (

    select * from {{ touched('int_payments__charge_invoices') }}

),

transactions as (

    select * from {{ touched('int_payments__transactions_tied') }}
    where is_by_as_of
        and charge_id is not null

),

reversals as (

    select * from {{ touched('int_payments__partial_capture_reversals') }}

),

balances as (

    -- What the balance kept of it: its payment less what was given back uncaptured.
    select
        transactions.source_relation,
        transactions.charge_id,
        transactions.currency,
        cast(sum(transactions.amount_minor) as {{ dbt.type_bigint() }}) as amount_minor
    from transactions
    left join reversals
        on transactions.source_relation = reversals.source_relation
        and transactions.balance_transaction_id = reversals.balance_transaction_id
    where transactions.is_payment
        or reversals.balance_transaction_id is not null
    group by transactions.source_relation, transactions.charge_id, transactions.currency
    having max(case when transactions.is_payment then 1 else 0 end) = 1

),

evidenced as (

    select
        charges.source_relation,
        charges.charge_id,
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
        case
            when charges.status = 'succeeded' and coalesce(charges.is_captured, true)
                then coalesce(
                        charges.amount_captured_minor,
                        nullif(payment_intents.amount_received_minor, 0),
                        balances.amount_minor,
                        charges.amount_minor
                    )
            else 0
        end as captured_amount_minor,
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
    left join balances
        on charges.source_relation = balances.source_relation
        and charges.charge_id = balances.charge_id
        and charges.currency = balances.currency

),

final as (

    select
        *,
        coalesce(payment_intent_id, invoice_id, charge_id) as payment_id,
        is_succeeded and is_captured as is_gross
    from evidenced
    where {{ is_by_as_of('created_at') }}

)

select * from final
