{{ config(materialized=by_object('table'), meta={'object': 'dispute_id'}) }}

-- The charge that names a dispute; of several, the one with the smallest id, and none
-- that is dated after the as-of day or not at all.
with

charges as (

    select
        *,
        case
            when created_at is not null and {{ is_by_as_of('created_at') }}
                then charge_id
        end as known_charge_id
    from {{ touched('stg_stripe__charges') }}

),

final as (

    select
        source_relation,
        dispute_id,
        {{ smallest_id('known_charge_id') }} as charge_id
    from charges
    where dispute_id is not null
    group by source_relation, dispute_id

)

select * from final
