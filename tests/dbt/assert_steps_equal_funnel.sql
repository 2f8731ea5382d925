-- The built-in steps that are listed hold the people of acquisition_funnel_daily.
{% call if_built() %}
with

listed as (

    {{ funnel_steps() }}

),

counts as (

    select
        'visit' as step,
        channel,
        reporting_date,
        visitor_count as person_count
    from {{ ref('acquisition_funnel_daily') }}
    union all
    select
        'sign_up' as step,
        channel,
        reporting_date,
        sign_up_count as person_count
    from {{ ref('acquisition_funnel_daily') }}
    union all
    select
        'first_payment' as step,
        channel,
        reporting_date,
        first_payment_count as person_count
    from {{ ref('acquisition_funnel_daily') }}
    union all
    select
        step,
        channel,
        reporting_date,
        -person_count as person_count
    from {{ ref('acquisition_steps_daily') }}
    where step in ('visit', 'sign_up', 'first_payment')

)

select
    counts.step,
    counts.channel,
    counts.reporting_date,
    sum(counts.person_count) as person_difference
from counts
inner join listed
    on counts.step = listed.step
group by counts.step, counts.channel, counts.reporting_date
having sum(counts.person_count) <> 0
{% endcall %}
