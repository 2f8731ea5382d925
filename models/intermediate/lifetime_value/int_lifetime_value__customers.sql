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

charges as (

    select * from {{ ref('int_payments__charges_captured') }}
    where is_gross
        and reporting_date is not null
        and customer_id is not null

),

paid as (

    select
        source_relation,
        customer_id,
        min(created_at) as first_payment_at,
        max(created_at) as last_payment_at
    from charges
    group by source_relation, customer_id

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        customers.person_id,
        customers.user_id,
        coalesce(homes.currency, {{ default_currency() }}) as home_currency,
        customers.match_method,
        paid.first_payment_at,
        paid.last_payment_at
    from customers
    left join homes
        on customers.source_relation = homes.source_relation
        and customers.customer_id = homes.customer_id
    left join default_currencies
        on customers.source_relation = default_currencies.source_relation
    left join paid
        on customers.source_relation = paid.source_relation
        and customers.customer_id = paid.customer_id

)

select * from final
