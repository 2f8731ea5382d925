-- People whose first or last touch is not that of their sessions up to the first
-- payment, or who came or paid at another moment than their sessions and charges say.
{% call if_built() %}
with

paid as (

    select
        customers.person_id,
        min(charges.created_at) as paid_at
    from {{ ref('fct_charges') }} as charges
    inner join {{ ref('int_identity__customers') }} as customers
        on charges.source_relation = customers.source_relation
        and charges.customer_id = customers.customer_id
    where charges.is_gross
    group by customers.person_id

),

visited as (

    select
        sessions.person_id,
        min(sessions.started_at) as first_at,
        max(case when paid.paid_at is not null then sessions.started_at end) as last_at
    from {{ ref('int_journeys__sessions') }} as sessions
    left join paid
        on sessions.person_id = paid.person_id
    where sessions.started_at <= coalesce(paid.paid_at, sessions.started_at)
    group by sessions.person_id

),

compared as (

    select
        people.*,
        paid.paid_at,
        visited.first_at,
        visited.last_at,
        cast({{ dbt.dateadd('day', -1, 'people.acquired_at') }} as {{ moment() }})
            as never_at
    from {{ ref('int_journeys__people') }} as people
    left join paid
        on people.person_id = paid.person_id
    left join visited
        on people.person_id = visited.person_id

)

select
    person_id,
    first_touch_at,
    first_at as expected_first_touch_at,
    last_touch_at,
    last_at as expected_last_touch_at,
    first_payment_at,
    paid_at as expected_first_charge_at,
    first_touch_channel,
    last_touch_channel
from compared
where coalesce(first_touch_at, never_at) <> coalesce(first_at, never_at)
    or coalesce(last_touch_at, never_at) <> coalesce(last_at, never_at)
    or coalesce(first_payment_at, never_at) <> coalesce(paid_at, never_at)
    or (first_at is null and first_touch_channel <> 'untracked')
    or (first_at is not null and first_touch_channel = 'untracked')
    or (paid_at is null and last_touch_channel is not null)
    or (paid_at is not null and last_touch_channel is null)
    or acquired_at <> coalesce(first_at, acquired_at)
    or acquisition_month
    <> {{ first_day_of('month', reporting_date('acquired_at')) }}
    or (acquired_at is not null and acquisition_month is null)
    or {{ reporting_date('first_touch_at') }} > {{ as_of_date() }}
{% endcall %}
