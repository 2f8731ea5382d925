{{ config(materialized=by_object('view')) }}

-- The objects that name a balance transaction as theirs, by its id; of several of one
-- kind, the smallest id.
with

charges as (

    select * from {{ touched('stg_stripe__charges') }}
    where balance_transaction_id is not null
        and created_at is not null
        and {{ is_by_as_of('created_at') }}

),

refunds as (

    select * from {{ touched('stg_stripe__refunds') }}
    where balance_transaction_id is not null

),

transfers as (

    select * from {{ touched('stg_stripe__transfers') }}
    where balance_transaction_id is not null

),

named as (

    select
        source_relation,
        balance_transaction_id,
        charge_id,
        cast(null as {{ text() }}) as refund_id,
        cast(null as {{ text() }}) as refunded_charge_id,
        cast(null as {{ text() }}) as transfer_id
    from charges

    union all

    select
        source_relation,
        balance_transaction_id,
        cast(null as {{ text() }}) as charge_id,
        refund_id,
        charge_id as refunded_charge_id,
        cast(null as {{ text() }}) as transfer_id
    from refunds

    union all

    select
        source_relation,
        balance_transaction_id,
        cast(null as {{ text() }}) as charge_id,
        cast(null as {{ text() }}) as refund_id,
        cast(null as {{ text() }}) as refunded_charge_id,
        transfer_id
    from transfers

),

final as (

    select
        source_relation,
        balance_transaction_id,
        {{ smallest_id('charge_id') }} as charge_id,
        {{ smallest_id('refund_id') }} as refund_id,
        {{ smallest_id('refunded_charge_id') }} as refunded_charge_id,
        {{ smallest_id('transfer_id') }} as transfer_id
    from named
    group by source_relation, balance_transaction_id

)

select * from final
