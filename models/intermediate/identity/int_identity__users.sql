-- Every user that events, traits or customers know, once, with its sign-up.
{{ config(materialized=built_as('table')) }}

with

touches as (

    select * from {{ ref('int_identity__touches') }}

),

users as (

    select * from {{ ref('stg_segment__users') }}
    where {{ is_by_as_of('created_at') }}

),

customers as (

    select * from {{ ref('int_identity__customers') }}

),

seen as (

    select
        user_id,
        cast(null as {{ moment() }}) as created_at,
        min(occurred_at) as first_call_at
    from touches
    where user_id is not null
    group by user_id
    union all
    select
        {{ clean_id('user_id') }} as user_id,
        created_at,
        cast(null as {{ moment() }}) as first_call_at
    from users
    union all
    select
        user_id,
        cast(null as {{ moment() }}) as created_at,
        cast(null as {{ moment() }}) as first_call_at
    from customers

),

final as (

    select
        user_id,
        coalesce(min(created_at), min(first_call_at)) as signed_up_at
    from seen
    where user_id is not null
    group by user_id

)

select * from final
