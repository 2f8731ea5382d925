-- The charge that names a dispute; of several, the one with the smallest id.
with

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

final as (

    select
        source_relation,
        dispute_id,
        {{ smallest_id('charge_id') }} as charge_id
    from charges
    where dispute_id is not null
    group by source_relation, dispute_id

)

select * from final
