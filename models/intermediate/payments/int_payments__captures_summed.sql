{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

-- What charges captured of each invoice up to the as-of day and when first, and what
-- after it: an invoice that later charges paid is open on the as-of day.
with

known_charges as (

    select * from {{ touched('int_payments__charges_captured') }}
    where is_gross
        and reporting_date is not null

),

later_charges as (

    select * from {{ touched('stg_stripe__charges') }}
    where status = 'succeeded'
        and coalesce(is_captured, true)
        and not {{ is_by_as_of('created_at') }}

),

payment_intents as (

    select * from {{ touched('stg_stripe__payment_intents') }}

),

charge_invoices as (

    select * from {{ touched('int_payments__charge_invoices') }}

),

captures as (

    select
        source_relation,
        invoice_id,
        currency,
        captured_amount_minor,
        0 as later_captured_amount_minor,
        created_at as paid_at
    from known_charges

    union all

    select
        later_charges.source_relation,
        coalesce(
            later_charges.invoice_id,
            payment_intents.invoice_id,
            charge_invoices.invoice_id
        ) as invoice_id,
        later_charges.currency,
        0 as captured_amount_minor,
        coalesce(
            later_charges.amount_captured_minor,
            nullif(payment_intents.amount_received_minor, 0),
            later_charges.amount_minor
        ) as later_captured_amount_minor,
        cast(null as {{ moment() }}) as paid_at
    from later_charges
    left join payment_intents
        on later_charges.source_relation = payment_intents.source_relation
        and later_charges.payment_intent_id = payment_intents.payment_intent_id
    left join charge_invoices
        on later_charges.source_relation = charge_invoices.source_relation
        and later_charges.charge_id = charge_invoices.charge_id

),

final as (

    select
        source_relation,
        invoice_id,
        currency,
        cast(sum(captured_amount_minor) as {{ dbt.type_bigint() }})
            as captured_amount_minor,
        cast(sum(later_captured_amount_minor) as {{ dbt.type_bigint() }})
            as later_captured_amount_minor,
        min(paid_at) as paid_at
    from captures
    where invoice_id is not null
        and currency is not null
    group by source_relation, invoice_id, currency

)

select * from final
