{{ config(materialized=by_object('table'), meta={'object_key': none}) }}

-- The sources that deliver refunds at all; of the others, charges say what was refunded.
with

refunds as (

    select * from {{ ref('stg_stripe__refunds') }}

),

final as (

    select distinct source_relation from refunds

)

select * from final
