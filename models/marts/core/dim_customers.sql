{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

with

customers as (

    select * from {{ touched('stg_stripe__customers') }}

),

home_currencies as (

    select * from {{ touched('int_payments__home_currencies') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        customers.default_source_id,
        home_currencies.currency,
        customers.description,
        customers.email,
        {{ major_units('customers.balance_minor') }} as balance_amount,
        coalesce(customers.is_delinquent, false) as is_delinquent,
        coalesce(customers.is_deleted, false) as is_deleted,
        {{ reporting_date('customers.created_at') }} as created_date,
        customers.created_at
    from customers
    inner join home_currencies
        on customers.source_relation = home_currencies.source_relation
        and customers.customer_id = home_currencies.customer_id
    left join currencies
        on home_currencies.currency = currencies.currency
    where {{ is_by_as_of('customers.created_at') }}

)

select * from final
