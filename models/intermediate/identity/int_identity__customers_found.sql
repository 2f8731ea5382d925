-- Every Stripe customer once: delivered as a row, or named by a charge, an invoice or a
-- subscription as it is or was.
with

customers as (

    select * from {{ ref('int_payments__home_currencies') }}

),

subscriptions as (

    -- As they were; as they are, they are in customers.
    select
        history.source_relation,
        history.customer_id
    from {{ rows_of(
        'subscriptions', 'int_subscriptions__subscription_history', alias='history',
        string=['source_relation', 'subscription_id', 'customer_id'],
    ) }}
    inner join {{ ref('stg_stripe__subscriptions') }} as delivered
        on history.source_relation = delivered.source_relation
        and history.subscription_id = delivered.subscription_id
    where history.customer_id is not null
        and {{ is_by_as_of('delivered.created_at') }}

),

staged as (

    select * from {{ ref('stg_stripe__customers') }}
    where {{ is_by_as_of('created_at') }}

),

customer_ids as (

    select
        source_relation,
        customer_id
    from customers
    {{ union_distinct() }}
    select
        source_relation,
        customer_id
    from subscriptions

),

final as (

    select
        customer_ids.source_relation,
        customer_ids.customer_id,
        {{ clean_id('staged.user_id') }} as metadata_user_id,
        {{ clean_id('lower(staged.email)') }} as email,
        staged.created_at
    from customer_ids
    left join staged
        on customer_ids.source_relation = staged.source_relation
        and customer_ids.customer_id = staged.customer_id

)

select * from final
