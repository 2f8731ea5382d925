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

charged as (

    select * from {{ ref('int_journeys__customers_charged') }}

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
        charged.first_charge_at as known_at
    from charged
    inner join customers
        on charged.source_relation = customers.source_relation
        and charged.customer_id = customers.customer_id
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
