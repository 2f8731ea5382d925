-- Every visitor, user and customer once, and when it was first heard of otherwise.
{{ config(materialized=built_as('table')) }}

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

    select * from {{ ref('int_payments__charges_captured') }}
    where reporting_date is not null

),

known as (

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
        cast(null as {{ moment() }}) as known_at
    from sessions

),

final as (

    select
        person_id,
        min(known_at) as known_at
    from known
    group by person_id

)

select * from final
