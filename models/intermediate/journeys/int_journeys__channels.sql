-- The channel of each combination of source, medium and referrer that begins a session.
{{ config(materialized='table') }}

with

sessions as (

    select * from {{ ref('int_journeys__sessions_found') }}

),

channel_rules as (

    select * from {{ ref('channel_rules') }}

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

final as (

    select
        campaign_source,
        campaign_medium,
        referrer_host,
        channel
    from matched
    where rule_rank = 1

)

select * from final
