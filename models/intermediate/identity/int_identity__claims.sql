-- Every piece of evidence that a customer is a user, strongest method first.
{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_identity__customers_known') }}

),

user_traits as (

    select * from {{ ref('int_identity__user_traits') }}

),

user_stripe_ids as (

    select distinct
        user_id,
        stripe_customer_id
    from user_traits
    where stripe_customer_id is not null

),

user_emails as (

    select distinct
        user_id,
        email
    from user_traits
    where email is not null

),

final as (

    select
        source_relation,
        customer_id,
        metadata_user_id as user_id,
        'metadata' as match_method,
        1 as method_rank
    from customers
    where metadata_user_id is not null
    union all
    select
        customers.source_relation,
        customers.customer_id,
        user_stripe_ids.user_id,
        'trait' as match_method,
        2 as method_rank
    from customers
    inner join user_stripe_ids
        on customers.customer_id = user_stripe_ids.stripe_customer_id
    union all
    select
        customers.source_relation,
        customers.customer_id,
        user_emails.user_id,
        'email' as match_method,
        3 as method_rank
    from customers
    inner join user_emails
        on customers.email = user_emails.email

)

select * from final
