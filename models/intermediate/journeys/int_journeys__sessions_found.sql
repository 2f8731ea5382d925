-- A device's calls cut into sessions: 30 idle minutes or another campaign begin one.
{{ config(materialized=built_as('table')) }}

with

calls as (

    select
        *,
        case
            when previous_at is null then 1
            when occurred_at > {{ session_end('previous_at') }} then 1
            else 0
        end as is_after_pause,
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
    from {{ ref('int_journeys__calls_numbered') }}

),

compared as (

    select
        *,
        lag(campaign) over (
            partition by anonymous_id
            order by call_number
        ) as previous_campaign
    from calls
    where campaign is not null

),

with_campaign as (

    select
        *,
        case
            when is_after_pause = 1 then 1
            when campaign <> coalesce(previous_campaign, '') then 1
            else 0
        end as is_landing
    from compared

),

marked as (

    -- Calls that neither begin a session nor name a user say no more.
    select
        *,
        null as previous_campaign,
        is_after_pause as is_landing
    from calls
    where campaign is null
        and (is_after_pause = 1 or user_id is not null)
    union all
    select * from with_campaign
    where is_landing = 1
        or user_id is not null

),

numbered as (

    select
        *,
        sum(is_landing) over (
            partition by anonymous_id
            order by call_number
            rows between unbounded preceding and current row
        ) as session_number
    from marked

),

first_user_calls as (

    select
        anonymous_id,
        session_number,
        min(call_number) as call_number
    from numbered
    where user_id is not null
    group by anonymous_id, session_number

),

final as (

    select
        landings.anonymous_id,
        cast(landings.session_number as {{ dbt.type_bigint() }}) as session_number,
        landings.campaign_source,
        landings.campaign_medium,
        landings.campaign_name,
        landings.referrer_host,
        landings.occurred_at as started_at,
        user_calls.user_id
    from numbered as landings
    left join first_user_calls
        on landings.anonymous_id = first_user_calls.anonymous_id
        and landings.session_number = first_user_calls.session_number
    left join numbered as user_calls
        on first_user_calls.anonymous_id = user_calls.anonymous_id
        and first_user_calls.call_number = user_calls.call_number
    where landings.is_landing = 1

)

select * from final
