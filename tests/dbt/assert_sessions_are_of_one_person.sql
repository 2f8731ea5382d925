-- Sessions of somebody else: a device of one user is that user's, one of nobody is its
-- own, and of a shared device only a session that names a user is a user's.
{% call if_built() %}
with

calls as (

    select * from {{ ref('int_identity__touches') }}
    where anonymous_id is not null
        and user_id is not null

),

devices as (

    select
        anonymous_id,
        min(user_id) as user_id,
        count(distinct user_id) as user_count
    from calls
    group by anonymous_id

),

sessions as (

    select
        sessions.*,
        devices.user_id,
        coalesce(devices.user_count, 0) as user_count,
        lead(sessions.started_at) over (
            partition by sessions.anonymous_id
            order by sessions.session_number
        ) as next_started_at
    from {{ ref('int_journeys__sessions') }} as sessions
    left join devices
        on sessions.anonymous_id = devices.anonymous_id

),

shared as (

    -- A call at the moment of the next session may be of either.
    select
        sessions.anonymous_id,
        sessions.session_number,
        sum(
            case
                when calls.occurred_at < sessions.next_started_at then 1
                when sessions.next_started_at is null then 1
                else 0
            end
        ) as named_count,
        sum(case when sessions.person_id = 'user:' || calls.user_id then 1 else 0 end)
            as own_count
    from sessions
    inner join calls
        on sessions.anonymous_id = calls.anonymous_id
        and sessions.started_at <= calls.occurred_at
        and coalesce(sessions.next_started_at, calls.occurred_at) >= calls.occurred_at
    where sessions.user_count > 1
    group by sessions.anonymous_id, sessions.session_number

)

select
    sessions.anonymous_id,
    sessions.session_number,
    sessions.person_id,
    sessions.user_id,
    sessions.user_count,
    shared.named_count
from sessions
left join shared
    on sessions.anonymous_id = shared.anonymous_id
    and sessions.session_number = shared.session_number
where (sessions.user_count = 1 and sessions.person_id <> 'user:' || sessions.user_id)
    or (
        sessions.user_count = 0
        and sessions.person_id <> 'device:' || sessions.anonymous_id
    )
    or (
        sessions.user_count > 1
        and sessions.person_id = 'device:' || sessions.anonymous_id
        and shared.named_count > 0
    )
    or (
        sessions.user_count > 1
        and sessions.person_id <> 'device:' || sessions.anonymous_id
        and coalesce(shared.own_count, 0) = 0
    )
{% endcall %}
