-- Each customer once: its home currency and its own captured charges, over currencies.
{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_identity__customers') }}

),

delivered as (

    select * from {{ ref('dim_customers') }}

),

charges as (

    select * from {{ ref('fct_charges') }}
    where customer_id is not null

),

currencies as (

    select * from {{ ref('int_summaries__customer_currencies') }}

),

first_charges as (

    select
        source_relation,
        customer_id,
        currency,
        row_number() over (
            partition by source_relation, customer_id
            order by created_at, {{ binary_order('charge_id') }}
        ) as charge_rank
    from charges
    where currency is not null

),

paid as (

    select
        source_relation,
        customer_id,
        min(created_at) as first_charge_at,
        max(created_at) as last_charge_at
    from charges
    where is_gross
    group by source_relation, customer_id

),

smallest as (

    select
        source_relation,
        customer_id,
        min({{ binary_order('currency') }}) as currency
    from currencies
    group by source_relation, customer_id

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        customers.person_id,
        customers.user_id,
        coalesce(delivered.currency, first_charges.currency, smallest.currency)
            as home_currency,
        customers.match_method,
        paid.first_charge_at,
        paid.last_charge_at
    from customers
    left join delivered
        on customers.source_relation = delivered.source_relation
        and customers.customer_id = delivered.customer_id
    left join first_charges
        on customers.source_relation = first_charges.source_relation
        and customers.customer_id = first_charges.customer_id
        and first_charges.charge_rank = 1
    left join paid
        on customers.source_relation = paid.source_relation
        and customers.customer_id = paid.customer_id
    left join smallest
        on customers.source_relation = smallest.source_relation
        and customers.customer_id = smallest.customer_id

)

select * from final
