-- Sessions with the person who visited and their channel, by the rule with the lowest
-- priority that fits the campaign, else the referrer, else nothing.
{{ config(materialized=built_as('table')) }}

with

sessions as (

    select * from {{ ref('int_journeys__sessions_found') }}

),

channel_rules as (

    select * from {{ channel_rules() }}

),

device_users as (

    select * from {{ ref('int_identity__device_users') }}
    where user_count = 1

),

evidence as (

    select distinct
        case
            when campaign_source is not null or campaign_medium is not null
                then 'campaign'
            when referrer_host is not null then 'referrer'
            else 'none'
        end as evidence,
        coalesce(lower(campaign_source), '') as campaign_source,
        coalesce(lower(campaign_medium), '') as campaign_medium,
        coalesce(referrer_host, '') as referrer_host
    from sessions

),

matched as (

    select
        evidence.*,
        channel_rules.channel,
        row_number() over (
            partition by
                evidence.campaign_source,
                evidence.campaign_medium,
                evidence.referrer_host
            order by channel_rules.priority
        ) as rule_rank
    from evidence
    inner join channel_rules
        on evidence.evidence = channel_rules.evidence
        and evidence.campaign_source like channel_rules.source_pattern
        and evidence.campaign_medium like channel_rules.medium_pattern
        and evidence.referrer_host like channel_rules.referrer_pattern

),

channels as (

    select
        campaign_source,
        campaign_medium,
        referrer_host,
        channel
    from matched
    where rule_rank = 1

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
