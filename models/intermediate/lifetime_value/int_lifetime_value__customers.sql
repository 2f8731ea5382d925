-- Each customer once: its home currency and its own captured charges, over currencies.
-- Whom only an earlier version of a subscription names is counted in the account's.
{{ config(materialized=built_as('table')) }}

with

customers as (

    select * from {{ ref('int_identity__customers') }}

),

homes as (

    select * from {{ ref('int_payments__home_currencies') }}

),

default_currencies as (

    select * from {{ ref('int_payments__default_currencies') }}

),

charged as (

    select * from {{ ref('int_journeys__customers_charged') }}

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        customers.person_id,
        customers.user_id,
        coalesce(homes.currency, {{ default_currency() }}) as home_currency,
        customers.match_method,
        charged.first_payment_at,
        charged.last_payment_at
    from customers
    left join homes
        on customers.source_relation = homes.source_relation
        and customers.customer_id = homes.customer_id
    left join default_currencies
        on customers.source_relation = default_currencies.source_relation
    left join charged
        on customers.source_relation = charged.source_relation
        and customers.customer_id = charged.customer_id

)

select * from final
