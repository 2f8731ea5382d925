-- Sessions whose channel is not that of the rule with the lowest priority that fits.
{% call if_built() %}
with

sessions as (

    select
        *,
        case
            when coalesce(campaign_source, campaign_medium) is not null then 'campaign'
            when referrer_host is not null then 'referrer'
            else 'none'
        end as evidence
    from {{ ref('int_journeys__sessions') }}

),

fitting as (

    select
        sessions.anonymous_id,
        sessions.session_number,
        sessions.channel,
        min(rules.priority) as priority
    from sessions
    left join {{ channel_rules() }} as rules
        on sessions.evidence = rules.evidence
        and lower(coalesce(sessions.campaign_source, '')) like rules.source_pattern
        and lower(coalesce(sessions.campaign_medium, '')) like rules.medium_pattern
        and coalesce(sessions.referrer_host, '') like rules.referrer_pattern
    group by
        sessions.anonymous_id,
        sessions.session_number,
        sessions.channel

)

select
    fitting.anonymous_id,
    fitting.session_number,
    fitting.channel,
    rules.channel as expected_channel
from fitting
left join {{ channel_rules() }} as rules
    on fitting.priority = rules.priority
where rules.channel is null
    or fitting.channel <> rules.channel
{% endcall %}
