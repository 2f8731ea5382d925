-- Whom each kind of evidence takes each customer for: one user, or several.
{{ config(materialized=built_as('table')) }}

with

customers as (

    select * from {{ ref('int_identity__customers_found') }}

),

user_traits as (

    select * from {{ ref('int_identity__user_traits') }}

),

users_by_stripe_id as (

    select
        stripe_customer_id,
        {{ only_user() }},
        count(distinct user_id) as user_count
    from user_traits
    where stripe_customer_id is not null
    group by stripe_customer_id

),

users_by_email as (

    select
        email,
        {{ only_user() }},
        count(distinct user_id) as user_count
    from user_traits
    where email is not null
    group by email

),

claims as (

    select
        source_relation,
        customer_id,
        metadata_user_id as user_id,
        'metadata' as match_method,
        1 as method_rank,
        1 as user_count
    from customers
    where metadata_user_id is not null
    union all
    select
        customers.source_relation,
        customers.customer_id,
        users_by_stripe_id.user_id,
        'trait' as match_method,
        2 as method_rank,
        users_by_stripe_id.user_count
    from customers
    inner join users_by_stripe_id
        on customers.customer_id = users_by_stripe_id.stripe_customer_id
    union all
    select
        customers.source_relation,
        customers.customer_id,
        users_by_email.user_id,
        'email' as match_method,
        3 as method_rank,
        users_by_email.user_count
    from customers
    inner join users_by_email
        on customers.email = users_by_email.email

),

final as (

    select
        source_relation,
        customer_id,
        user_id,
        match_method,
        method_rank,
        cast(user_count as {{ dbt.type_bigint() }}) as user_count
    from claims

)

select * from final
