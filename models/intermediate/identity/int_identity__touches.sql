{{ config(materialized=built_as('table')) }}
-- A referrer of the website itself is the page before: no origin, so null.
with

pages as (

    select * from {{ ref('stg_segment__pages') }}

),

screens as (

    select * from {{ ref('stg_segment__screens') }}

),

tracks as (

    select * from {{ ref('stg_segment__tracks') }}

),

identifies as (

    select * from {{ ref('stg_segment__identifies') }}

),

calls as (

    select
        {{ call_columns('page', 1, {
            'referrer': 'coalesce(' ~ clean_id('referrer') ~ ', context_page_referrer)',
            'url': 'coalesce(' ~ clean_id('url') ~ ', context_page_url)',
        }) }}
    from pages
    union all
    select
        {{ call_columns('screen', 1, {}) }}
    from screens
    union all
    select
        {{ call_columns('track', 2, {
            'referrer': 'context_page_referrer',
            'url': 'context_page_url',
            'step': 'case when ' ~ is_own_step('event') ~ ' then event end',
        }) }}
    from tracks
    union all
    select
        {{ call_columns('identify', 3, {
            'email': 'email',
            'stripe_customer_id': 'stripe_customer_id',
            'referrer': 'context_page_referrer',
            'url': 'context_page_url',
        }) }}
    from identifies

),

cleaned as (

    select
        source_relation,
        call_type,
        call_id,
        call_rank,
        {{ clean_id('anonymous_id') }} as anonymous_id,
        {{ clean_id('user_id') }} as user_id,
        {{ clean_id('lower(email)') }} as email,
        {{ clean_id('stripe_customer_id') }} as stripe_customer_id,
        {{ clean_id('context_campaign_source') }} as campaign_source,
        {{ clean_id('context_campaign_medium') }} as campaign_medium,
        {{ clean_id('context_campaign_name') }} as campaign_name,
        {{ url_host('referrer') }} as referrer_host,
        {{ url_host('url') }} as page_host,
        step,
        occurred_at
    from calls
    where {{ is_by_as_of('occurred_at') }}

),

final as (

    select
        source_relation,
        call_type,
        call_id,
        call_rank,
        anonymous_id,
        user_id,
        email,
        stripe_customer_id,
        campaign_source,
        campaign_medium,
        campaign_name,
        case
            when referrer_host = page_host then null
            when referrer_host like '%.' || page_host then null
            when page_host like '%.' || referrer_host then null
            else referrer_host
        end as referrer_host,
        step,
        occurred_at
    from cleaned

)

select * from final
