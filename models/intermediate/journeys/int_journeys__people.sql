-- Every visitor, user and customer once: how the person came, signed up and paid.
{{ config(materialized='table') }}

with

sessions as (

    select * from {{ ref('int_journeys__sessions') }}

),

users as (

    select * from {{ ref('int_identity__users') }}

),

customers as (

    select * from {{ ref('int_identity__customers') }}

),

charges as (

    select * from {{ ref('fct_charges') }}

),

touches as (

    select * from {{ ref('int_journeys__first_last_touches') }}

),

first_charges as (

    select * from {{ ref('int_journeys__first_charges') }}

),

known as (

    -- When a person without touch was first heard of.
    select
        'user:' || user_id as person_id,
        signed_up_at as known_at
    from users
    union all
    select
        person_id,
        created_at as known_at
    from customers
    union all
    select
        customers.person_id,
        charges.created_at as known_at
    from charges
    inner join customers
        on charges.source_relation = customers.source_relation
        and charges.customer_id = customers.customer_id
    union all
    select
        person_id,
        cast(null as {{ dbt.type_timestamp() }}) as known_at
    from sessions

),

people as (

    select
        person_id,
        min(known_at) as known_at
    from known
    group by person_id

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
        first_charges.first_charge_at
    from people
    left join touches
        on people.person_id = touches.person_id
    left join users
        on people.person_id = 'user:' || users.user_id
    left join customers
        on people.person_id = customers.person_id
        and customers.user_id is null
    left join first_charges
        on people.person_id = first_charges.person_id

),

final as (

    select
        *,
        {{ first_day_of('month', reporting_date('acquired_at')) }} as acquisition_month
    from joined

)

select * from final
