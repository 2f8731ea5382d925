{{ config(materialized=by_object('table'), meta={'object': 'dispute_id'}) }}

-- Disputes, less those of test-mode charges, each with its charge.
with

disputes as (

    select * from {{ touched('stg_stripe__disputes') }}

),

disputed_charges as (

    select * from {{ touched('int_payments__disputed_charges') }}

),

test_mode_objects as (

    select * from {{ touched('int_payments__test_mode_objects') }}

),

final as (

    select
        disputes.source_relation,
        disputes.dispute_id,
        coalesce(disputes.charge_id, disputed_charges.charge_id) as charge_id,
        disputes.currency,
        disputes.reason,
        disputes.status,
        disputes.amount_minor,
        disputes.is_charge_refundable,
        {{ reporting_date('disputes.created_at') }} as reporting_date,
        disputes.created_at
    from disputes
    left join disputed_charges
        on disputes.source_relation = disputed_charges.source_relation
        and disputes.dispute_id = disputed_charges.dispute_id
    left join test_mode_objects
        on disputes.source_relation = test_mode_objects.source_relation
        and disputes.dispute_id = test_mode_objects.object_id
    where test_mode_objects.object_id is null

)

select * from final
