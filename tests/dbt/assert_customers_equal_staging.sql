-- Customers: each once, in its own currency, else in one of its first charges', of
-- those that have one.
{% call if_built() %}
with

customers as (

    select * from {{ ref('dim_customers') }}

),

staged as (

    select * from {{ ref('stg_stripe__customers') }}
    where {{ is_by_as_of('created_at') }}

),

first_charges as (

    select
        source_relation,
        customer_id,
        min(created_at) as created_at
    from {{ ref('fct_charges') }}
    where currency is not null
    group by
        source_relation,
        customer_id

),

first_currencies as (

    select distinct
        charges.source_relation,
        charges.customer_id,
        charges.currency
    from {{ ref('fct_charges') }} as charges
    inner join first_charges
        on charges.source_relation = first_charges.source_relation
        and charges.customer_id = first_charges.customer_id
        and charges.created_at = first_charges.created_at

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

)

select
    staged.source_relation,
    staged.customer_id,
    staged.currency as own_currency,
    customers.currency
from staged
left join customers
    on staged.source_relation = customers.source_relation
    and staged.customer_id = customers.customer_id
left join currencies
    on customers.currency = currencies.currency
left join first_charges
    on staged.source_relation = first_charges.source_relation
    and staged.customer_id = first_charges.customer_id
left join first_currencies
    on customers.source_relation = first_currencies.source_relation
    and customers.customer_id = first_currencies.customer_id
    and customers.currency = first_currencies.currency
where customers.customer_id is null
    or customers.currency <> staged.currency
    or customers.balance_amount <> {{ major_units('staged.balance_minor') }}
    or customers.is_delinquent <> coalesce(staged.is_delinquent, false)
    or customers.is_deleted <> coalesce(staged.is_deleted, false)
    or (
        staged.currency is null
        and first_charges.customer_id is not null
        and first_currencies.customer_id is null
    )
{% endcall %}
