-- Sessions with their channel and the person who visited.
{{ config(materialized='table') }}

with

sessions as (

    select * from {{ ref('int_journeys__sessions_found') }}

),

channels as (

    select * from {{ ref('int_journeys__channels') }}

),

device_users as (

    select * from {{ ref('int_identity__device_users') }}
    where user_count = 1

),

final as (

    select
        sessions.anonymous_id,
        sessions.session_number,
        case
            when sessions.user_id is not null then 'user:' || sessions.user_id
            when device_users.user_id is not null then 'user:' || device_users.user_id
            else 'device:' || sessions.anonymous_id
        end as person_id,
        sessions.campaign_source,
        sessions.campaign_medium,
        sessions.campaign_name,
        channels.channel,
        sessions.referrer_host,
        sessions.started_at
    from sessions
    left join channels
        on coalesce(lower(sessions.campaign_source), '') = channels.campaign_source
        and coalesce(lower(sessions.campaign_medium), '') = channels.campaign_medium
        and coalesce(sessions.referrer_host, '') = channels.referrer_host
    left join device_users
        on sessions.anonymous_id = device_users.anonymous_id

)

select * from final
