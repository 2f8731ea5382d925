{{ config(materialized=by_object('table'), meta={'object': 'object_id'}) }}

-- What belongs to a test-mode charge and carries no mode of its own, by id.
with

test_mode_charges as (

    select * from {{ touched('stg_stripe__test_mode_charges') }}

),

refunds as (

    select * from {{ touched('stg_stripe__refunds') }}

),

disputes as (

    select * from {{ touched('stg_stripe__disputes') }}

),

test_mode_refunds as (

    select refunds.*
    from refunds
    inner join test_mode_charges
        on refunds.source_relation = test_mode_charges.source_relation
        and refunds.charge_id = test_mode_charges.charge_id

),

final as (

    select
        source_relation,
        charge_id as object_id
    from test_mode_charges

    {{ union_distinct() }}

    select
        source_relation,
        balance_transaction_id as object_id
    from test_mode_charges
    where balance_transaction_id is not null

    {{ union_distinct() }}

    select
        source_relation,
        refund_id as object_id
    from test_mode_refunds

    {{ union_distinct() }}

    select
        source_relation,
        balance_transaction_id as object_id
    from test_mode_refunds
    where balance_transaction_id is not null

    {{ union_distinct() }}

    select
        disputes.source_relation,
        disputes.dispute_id as object_id
    from disputes
    inner join test_mode_charges
        on disputes.source_relation = test_mode_charges.source_relation
        and disputes.charge_id = test_mode_charges.charge_id

    {{ union_distinct() }}

    -- A dispute that names a live charge is that one's.
    select
        test_mode_charges.source_relation,
        test_mode_charges.dispute_id as object_id
    from test_mode_charges
    left join disputes
        on test_mode_charges.source_relation = disputes.source_relation
        and test_mode_charges.dispute_id = disputes.dispute_id
    where test_mode_charges.dispute_id is not null
        and disputes.charge_id is null

)

select * from final
