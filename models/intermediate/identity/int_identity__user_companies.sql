{{ config(materialized=built_as('table')) }}

-- The company of every user: the one that the newest of their group calls names.
with

group_calls as (

    select
        source_relation,
        group_call_id,
        {{ clean_id('group_id') }} as company_id,
        {{ clean_id('name') }} as company_name,
        {{ clean_id('anonymous_id') }} as anonymous_id,
        {{ clean_id('user_id') }} as user_id,
        occurred_at
    from {{ ref('stg_segment__groups') }}
    where {{ is_by_as_of('occurred_at') }}

),

device_users as (

    select * from {{ ref('int_identity__device_users') }}
    where user_count = 1

),

calls as (

    select
        group_calls.source_relation,
        group_calls.group_call_id,
        group_calls.company_id,
        group_calls.company_name,
        coalesce(group_calls.user_id, device_users.user_id) as user_id,
        group_calls.occurred_at
    from group_calls
    left join device_users
        on group_calls.anonymous_id = device_users.anonymous_id
    where group_calls.company_id is not null

),

by_user as (

    select
        user_id,
        company_id,
        row_number() over (
            partition by user_id
            order by {{ newest_call() }}
        ) as call_rank
    from calls
    where user_id is not null

),

named as (

    select
        company_id,
        company_name,
        row_number() over (
            partition by company_id
            order by {{ newest_call() }}
        ) as call_rank
    from calls
    where company_name is not null

),

final as (

    select
        by_user.user_id,
        by_user.company_id,
        named.company_name
    from by_user
    left join named
        on by_user.company_id = named.company_id
        and named.call_rank = 1
    where by_user.call_rank = 1

)

select * from final
