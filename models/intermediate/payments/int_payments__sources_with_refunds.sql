{{ config(materialized=by_object('table'), meta={'object': none}) }}

-- The sources that deliver refunds at all; elsewhere charges say what was refunded.
with

refunds as (

    select * from {{ ref('stg_stripe__refunds') }}

),

final as (

    select distinct source_relation from refunds

)

select * from final
