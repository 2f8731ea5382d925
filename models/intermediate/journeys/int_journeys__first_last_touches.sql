-- Of each person's sessions up to the first payment, the first and the last.
{{ config(materialized=built_as('table')) }}

with

sessions as (

    select * from {{ ref('int_journeys__sessions') }}

),

first_charges as (

    select * from {{ ref('int_journeys__first_charges') }}

),

before_payment as (

    select
        sessions.*,
        first_charges.first_payment_at is not null as is_paid_for,
        row_number() over (
            partition by sessions.person_id
            order by
                sessions.started_at,
                {{ binary_order('sessions.anonymous_id') }},
                sessions.session_number
        ) as touch_number,
        row_number() over (
            partition by sessions.person_id
            order by
                sessions.started_at desc,
                {{ binary_order('sessions.anonymous_id') }} desc,
                sessions.session_number desc
        ) as touch_number_back
    from sessions
    left join first_charges
        on sessions.person_id = first_charges.person_id
    where first_charges.first_payment_at is null
        or sessions.started_at <= first_charges.first_payment_at

),

first_touches as (

    select * from before_payment
    where touch_number = 1

),

last_touches as (

    select * from before_payment
    where touch_number_back = 1
        and is_paid_for

),

final as (

    select
        first_touches.person_id,
        first_touches.channel as first_touch_channel,
        first_touches.campaign_name as first_touch_campaign,
        lower(first_touches.campaign_source) as first_touch_source,
        lower(first_touches.campaign_medium) as first_touch_medium,
        last_touches.channel as last_touch_channel,
        last_touches.campaign_name as last_touch_campaign,
        first_touches.started_at as first_touch_at,
        last_touches.started_at as last_touch_at
    from first_touches
    left join last_touches
        on first_touches.person_id = last_touches.person_id

)

select * from final
