-- The calls of every device in their order, so that they need sorting only once.
{{ config(materialized=built_as('table')) }}

with

touches as (

    select * from {{ ref('int_identity__touches') }}
    where anonymous_id is not null
        and occurred_at is not null

),

final as (

    select
        anonymous_id,
        row_number() over (
            partition by anonymous_id
            order by {{ call_order() }}
        ) as call_number,
        user_id,
        campaign_source,
        campaign_medium,
        campaign_name,
        referrer_host,
        occurred_at,
        lag(occurred_at) over (
            partition by anonymous_id
            order by {{ call_order() }}
        ) as previous_at
    from touches

)

select * from final
