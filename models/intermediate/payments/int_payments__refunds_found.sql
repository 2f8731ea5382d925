{{ config(materialized=by_object('view')) }}

-- Every refund that the warehouse knows of: the refund rows and, in a source that
-- delivers none at all, one row for each charge that says it was refunded.
with

refunds as (

    select * from {{ touched('stg_stripe__refunds') }}

),

charges as (

    select * from {{ touched('int_payments__charges_captured') }}

),

transactions as (

    select * from {{ touched('int_payments__transactions_tied') }}

),

test_mode_charges as (

    select * from {{ touched('stg_stripe__test_mode_charges') }}

),

sources_with_refunds as (

    select * from {{ ref('int_payments__sources_with_refunds') }}

),

delivered as (

    -- Refunds carry no livemode: they are test data where their charge is.
    select
        refunds.source_relation,
        refunds.refund_id,
        refunds.balance_transaction_id,
        refunds.charge_id,
        refunds.currency,
        refunds.reason,
        refunds.receipt_number,
        refunds.status,
        refunds.amount_minor,
        false as is_inferred,
        refunds.created_at,
        transactions.created_at as transaction_created_at
    from refunds
    left join transactions
        on refunds.source_relation = transactions.source_relation
        and refunds.balance_transaction_id = transactions.balance_transaction_id
    left join test_mode_charges
        on refunds.source_relation = test_mode_charges.source_relation
        and refunds.charge_id = test_mode_charges.charge_id
    where test_mode_charges.charge_id is null

),

refunded_charges as (

    select
        charges.*,
        case
            when charges.amount_minor > charges.captured_amount_minor
                then charges.amount_minor - charges.captured_amount_minor
            else 0
        end as released_amount_minor
    from charges
    left join sources_with_refunds
        on charges.source_relation = sources_with_refunds.source_relation
    where sources_with_refunds.source_relation is null
        and charges.is_gross
        and charges.amount_refunded_minor > 0

),

inferred as (

    -- amount_refunded counts the release of a partial capture too: not a refund.
    select
        source_relation,
        charge_id as refund_id,
        cast(null as {{ text() }}) as balance_transaction_id,
        charge_id,
        currency,
        cast(null as {{ text() }}) as reason,
        cast(null as {{ text() }}) as receipt_number,
        cast(null as {{ text() }}) as status,
        case
            when amount_refunded_minor < released_amount_minor
                then amount_refunded_minor
            else amount_refunded_minor - released_amount_minor
        end as amount_minor,
        true as is_inferred,
        cast(null as {{ moment() }}) as created_at,
        cast(null as {{ moment() }}) as transaction_created_at
    from refunded_charges

),

final as (

    select * from delivered
    union all
    select * from inferred
    where amount_minor > 0

)

select * from final
