-- A device's calls cut into sessions: 30 idle minutes or another campaign begin one.
{{ config(materialized='table') }}

with

touches as (

    select
        *,
        case
            when
                campaign_source is not null
                or campaign_medium is not null
                or campaign_name is not null
                then
                    coalesce(campaign_source, '') || ' | '
                    || coalesce(campaign_medium, '') || ' | '
                    || coalesce(campaign_name, '')
        end as campaign
    from {{ ref('int_journeys__touches') }}
    where anonymous_id is not null
        and occurred_at is not null

),

compared as (

    -- Of calls with a campaign, the one before that had one; null for the others.
    select
        *,
        lag(occurred_at) over (
            partition by anonymous_id
            order by {{ call_order() }}
        ) as previous_at,
        lag(campaign) over (
            partition by anonymous_id, case when campaign is null then 0 else 1 end
            order by {{ call_order() }}
        ) as previous_campaign
    from touches

),

begun as (

    select
        *,
        case
            when previous_at is null then 1
            when occurred_at > {{ dbt.dateadd(
                'minute', var('session_idle_minutes'), 'previous_at'
            ) }} then 1
            when campaign <> coalesce(previous_campaign, '') then 1
            else 0
        end as is_landing
    from compared

),

numbered as (

    select
        *,
        sum(is_landing) over (
            partition by anonymous_id
            order by {{ call_order() }}
            rows between unbounded preceding and current row
        ) as session_number
    from begun

),

user_calls as (

    select
        anonymous_id,
        session_number,
        user_id,
        row_number() over (
            partition by anonymous_id, session_number
            order by {{ call_order() }}
        ) as user_call_number
    from numbered
    where user_id is not null

),

sessions as (

    select
        anonymous_id,
        cast(session_number as {{ dbt.type_bigint() }}) as session_number,
        cast(count(*) as {{ dbt.type_bigint() }}) as call_count,
        max(case when is_landing = 1 then campaign_source end) as campaign_source,
        max(case when is_landing = 1 then campaign_medium end) as campaign_medium,
        max(case when is_landing = 1 then campaign_name end) as campaign_name,
        max(case when is_landing = 1 then referrer_host end) as referrer_host,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at
    from numbered
    group by anonymous_id, session_number

),

final as (

    select
        sessions.*,
        user_calls.user_id
    from sessions
    left join user_calls
        on sessions.anonymous_id = user_calls.anonymous_id
        and sessions.session_number = user_calls.session_number
        and user_calls.user_call_number = 1

)

select * from final
