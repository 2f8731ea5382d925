-- When each person first did each event that is a step of the funnel.
with

touches as (

    select * from {{ ref('int_identity__touches') }}
    where {{ is_own_step('step') }}
        and occurred_at is not null

),

step_events as (

    select * from {{ ref('stg_segment__step_events') }}
    where {{ is_by_as_of('occurred_at') }}
        and occurred_at is not null

),

device_users as (

    select * from {{ ref('int_identity__device_users') }}
    where user_count = 1

),

calls as (

    select
        step,
        anonymous_id,
        user_id,
        occurred_at
    from touches
    union all
    select
        step,
        {{ clean_id('anonymous_id') }} as anonymous_id,
        {{ clean_id('user_id') }} as user_id,
        occurred_at
    from step_events

),

by_person as (

    select
        case
            when calls.user_id is not null then 'user:' || calls.user_id
            when device_users.user_id is not null then 'user:' || device_users.user_id
            else 'device:' || calls.anonymous_id
        end as person_id,
        calls.step,
        calls.occurred_at
    from calls
    left join device_users
        on calls.anonymous_id = device_users.anonymous_id

),

final as (

    select
        person_id,
        step,
        min(occurred_at) as reached_at
    from by_person
    where person_id is not null
    group by person_id, step

)

select * from final
