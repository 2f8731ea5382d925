with

people as (

    select * from {{ ref('int_journeys__people') }}

),

steps as (

    select
        first_touch_channel as channel,
        1 as visitor_count,
        0 as sign_up_count,
        0 as first_payment_count,
        first_touch_date as reporting_date
    from people
    union all
    select
        first_touch_channel as channel,
        0 as visitor_count,
        1 as sign_up_count,
        0 as first_payment_count,
        sign_up_date as reporting_date
    from people
    union all
    select
        first_touch_channel as channel,
        0 as visitor_count,
        0 as sign_up_count,
        1 as first_payment_count,
        first_payment_date as reporting_date
    from people

),

final as (

    select
        channel,
        cast(sum(visitor_count) as {{ dbt.type_bigint() }}) as visitor_count,
        cast(sum(sign_up_count) as {{ dbt.type_bigint() }}) as sign_up_count,
        cast(sum(first_payment_count) as {{ dbt.type_bigint() }})
            as first_payment_count,
        reporting_date,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month
    from steps
    where reporting_date is not null
    group by channel, reporting_date

)

select * from final
