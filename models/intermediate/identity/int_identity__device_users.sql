{{ config(materialized=built_as('table')) }}

-- Which users each device had and when, and how many they were.
with

touches as (

    select * from {{ ref('int_identity__touches') }}

),

pairs as (

    select
        anonymous_id,
        user_id,
        cast(count(*) as {{ dbt.type_bigint() }}) as call_count,
        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at
    from touches
    where anonymous_id is not null
        and user_id is not null
    group by anonymous_id, user_id

),

final as (

    select
        *,
        cast(
            count(*) over (partition by anonymous_id) as {{ dbt.type_bigint() }}
        ) as user_count
    from pairs

)

select * from final
