-- Every Stripe customer that any figure knows, once, delivered as a row or not.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

staged as (

    select * from {{ ref('stg_stripe__customers') }}

),

charges as (

    select * from {{ ref('fct_charges') }}

),

customer_mrr as (

    select * from {{ ref('fct_customer_mrr') }}

),

currencies as (

    select * from {{ ref('int_summaries__customer_currencies') }}

),

customer_ids as (

    select
        source_relation,
        customer_id
    from charges
    where customer_id is not null
    union
    select
        source_relation,
        customer_id
    from customer_mrr
    union
    select
        source_relation,
        customer_id
    from currencies

),

final as (

    select
        customer_ids.source_relation,
        customer_ids.customer_id,
        {{ clean_id('staged.user_id') }} as metadata_user_id,
        {{ clean_id('lower(customers.email)') }} as email,
        customers.created_at
    from customer_ids
    left join customers
        on customer_ids.source_relation = customers.source_relation
        and customer_ids.customer_id = customers.customer_id
    left join staged
        on customers.source_relation = staged.source_relation
        and customers.customer_id = staged.customer_id

)

select * from final
