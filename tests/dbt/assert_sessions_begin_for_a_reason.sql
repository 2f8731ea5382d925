-- Moments at which a device's calls make a session begin, after a pause or with another
-- campaign, and none does; or one does without.
{% call if_built() %}
with

calls as (

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
        end as campaign,
        lag(occurred_at) over (
            partition by anonymous_id
            order by occurred_at
        ) as previous_at
    from {{ ref('int_identity__touches') }}
    where anonymous_id is not null
        and occurred_at is not null

),

campaign_calls as (

    select
        anonymous_id,
        occurred_at,
        campaign,
        lag(campaign) over (
            partition by anonymous_id
            order by {{ call_order() }}
        ) as previous_campaign
    from calls
    where campaign is not null

),

moments as (

    select
        anonymous_id,
        occurred_at as begins_at,
        1 as reasons,
        0 as sessions
    from calls
    where previous_at is null
        or occurred_at > {{ session_end('previous_at') }}
    union all
    select
        anonymous_id,
        occurred_at as begins_at,
        1 as reasons,
        0 as sessions
    from campaign_calls
    where campaign <> coalesce(previous_campaign, '')
    union all
    select
        anonymous_id,
        started_at as begins_at,
        0 as reasons,
        1 as sessions
    from {{ ref('int_journeys__sessions') }}

)

select
    anonymous_id,
    begins_at,
    max(reasons) as reasons,
    max(sessions) as sessions
from moments
group by anonymous_id, begins_at
having max(reasons) <> max(sessions)
{% endcall %}
