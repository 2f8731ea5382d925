-- Every visitor, user and customer once: how the person came, signed up and paid.
{{ config(materialized=built_as('table')) }}

with

people as (

    select * from {{ ref('int_journeys__people_found') }}

),

users as (

    select * from {{ ref('int_identity__users') }}

),

customers as (

    -- The account of people without user; one who has several is of none.
    select
        person_id,
        case
            when min(source_relation) = max(source_relation) then min(source_relation)
        end as source_relation
    from {{ ref('int_identity__customers') }}
    where person_id not like 'user:%'
    group by person_id

),

touches as (

    select * from {{ ref('int_journeys__first_last_touches') }}

),

first_charges as (

    select * from {{ ref('int_journeys__first_charges') }}

),

joined as (

    select
        people.person_id,
        customers.source_relation,
        users.user_id,
        coalesce(touches.first_touch_channel, 'untracked') as first_touch_channel,
        touches.first_touch_campaign,
        touches.first_touch_source,
        touches.first_touch_medium,
        case
            when first_charges.person_id is not null
                then coalesce(touches.last_touch_channel, 'untracked')
        end as last_touch_channel,
        touches.last_touch_campaign,
        coalesce(touches.first_touch_at, people.known_at) as acquired_at,
        touches.first_touch_at,
        touches.last_touch_at,
        users.signed_up_at,
        first_charges.first_payment_at
    from people
    left join touches
        on people.person_id = touches.person_id
    left join users
        on people.person_id = 'user:' || users.user_id
    left join customers
        on people.person_id = customers.person_id
    left join first_charges
        on people.person_id = first_charges.person_id

),

final as (

    select
        *,
        {{ reporting_date('first_touch_at') }} as first_touch_date,
        {{ reporting_date('signed_up_at') }} as sign_up_date,
        {{ reporting_date('first_payment_at') }} as first_payment_date,
        {{ first_day_of('month', reporting_date('acquired_at')) }} as acquisition_month
    from joined

)

select * from final
