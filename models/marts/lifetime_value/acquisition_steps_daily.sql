with

people as (

    select * from {{ ref('int_journeys__people') }}

),

steps_reached as (

    select * from {{ ref('int_journeys__steps_reached') }}

),

steps as (

    {{ funnel_steps() }}

),

reached as (

    select
        'visit' as step,
        first_touch_channel as channel,
        acquisition_month,
        first_touch_date as reporting_date
    from people
    union all
    select
        'sign_up' as step,
        first_touch_channel as channel,
        acquisition_month,
        sign_up_date as reporting_date
    from people
    union all
    select
        'first_payment' as step,
        first_touch_channel as channel,
        acquisition_month,
        first_payment_date as reporting_date
    from people
    union all
    select
        steps_reached.step,
        people.first_touch_channel as channel,
        people.acquisition_month,
        {{ reporting_date('steps_reached.reached_at') }} as reporting_date
    from steps_reached
    inner join people
        on steps_reached.person_id = people.person_id

),

counted as (

    select
        step,
        channel,
        acquisition_month,
        reporting_date,
        cast(count(*) as {{ dbt.type_bigint() }}) as person_count
    from reached
    where reporting_date is not null
    group by step, channel, acquisition_month, reporting_date

),

final as (

    select
        counted.step,
        counted.channel,
        steps.step_number,
        counted.person_count,
        {{ months_between('counted.acquisition_month', 'counted.reporting_date') }}
            as months_since_acquisition,
        counted.acquisition_month,
        counted.reporting_date,
        {{ first_day_of('week', 'counted.reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'counted.reporting_date') }} as reporting_month
    from counted
    inner join steps
        on counted.step = steps.step

)

select * from final
