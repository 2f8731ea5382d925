-- What users have said of themselves at any time: addresses and Stripe ids.
with

identifies as (

    select * from {{ ref('int_identity__touches') }}
    where user_id is not null
        and (email is not null or stripe_customer_id is not null)

),

users as (

    select * from {{ ref('stg_segment__users') }}
    where {{ is_by_as_of('created_at') }}

),

final as (

    select
        user_id,
        email,
        stripe_customer_id
    from identifies
    {{ union_distinct() }}
    select
        {{ clean_id('user_id') }} as user_id,
        {{ clean_id('lower(email)') }} as email,
        {{ clean_id('stripe_customer_id') }} as stripe_customer_id
    from users

)

select * from final
