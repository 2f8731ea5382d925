-- Everybody is in the funnel once at each step, on its day and in their first channel.
{% call if_built() %}
with

steps as (

    select
        first_touch_channel as channel,
        {{ reporting_date('first_touch_at') }} as reporting_date,
        1 as visitor_count,
        0 as sign_up_count,
        0 as first_payment_count
    from {{ ref('int_journeys__people') }}
    union all
    select
        first_touch_channel as channel,
        {{ reporting_date('signed_up_at') }} as reporting_date,
        0 as visitor_count,
        1 as sign_up_count,
        0 as first_payment_count
    from {{ ref('int_journeys__people') }}
    union all
    select
        first_touch_channel as channel,
        {{ reporting_date('first_payment_at') }} as reporting_date,
        0 as visitor_count,
        0 as sign_up_count,
        1 as first_payment_count
    from {{ ref('int_journeys__people') }}
    union all
    select
        channel,
        reporting_date,
        -visitor_count as visitor_count,
        -sign_up_count as sign_up_count,
        -first_payment_count as first_payment_count
    from {{ ref('acquisition_funnel_daily') }}

)

select
    channel,
    reporting_date,
    sum(visitor_count) as visitor_difference,
    sum(sign_up_count) as sign_up_difference,
    sum(first_payment_count) as first_payment_difference
from steps
where reporting_date is not null
group by channel, reporting_date
having sum(visitor_count) <> 0
    or sum(sign_up_count) <> 0
    or sum(first_payment_count) <> 0
{% endcall %}
