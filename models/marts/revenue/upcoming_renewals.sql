with

subscriptions as (

    select
        *,
        {{ reporting_date('current_period_end_at') }} as renewal_date
    from {{ ref('fct_subscriptions') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

homes as (

    select * from {{ ref('int_payments__home_currencies') }}

),

cards as (

    select * from {{ ref('customer_lookup_cards') }}
    where is_primary

),

renewing as (

    -- Who is sent invoices is charged by no card.
    select
        *,
        case when coalesce(collection_method, '') <> 'send_invoice' then customer_id end
            as charged_customer_id
    from subscriptions
    where {{ is_one_of('status', ['active', 'past_due', 'trialing']) }}
        and not coalesce(is_canceling_at_period_end, false)
        and not is_deleted
        and ended_at is null
        and renewal_date > {{ as_of_date() }}

),

final as (

    select
        renewing.source_relation,
        renewing.subscription_id,
        renewing.customer_id,
        cards.card_id,
        -- Where no plan of it is delivered, its customer's.
        coalesce(renewing.currency, homes.currency) as currency,
        cards.brand as card_brand,
        cards.last4 as card_last4,
        renewing.collection_method,
        customers.description as customer_description,
        customers.email,
        renewing.plan_name,
        renewing.product_name,
        renewing.status,
        renewing.period_amount as renewal_amount,
        renewing.mrr_amount,
        renewing.excluded_item_count,
        coalesce(cards.expiry_date < renewing.renewal_date, false)
            as is_card_out_by_renewal,
        coalesce(cards.is_expired, false) as is_card_expired,
        cards.expiry_date as card_expiry_date,
        renewing.renewal_date,
        {{ first_day_of('month', 'renewing.renewal_date') }} as renewal_month,
        renewing.current_period_end_at as renewal_at
    from renewing
    left join customers
        on renewing.source_relation = customers.source_relation
        and renewing.customer_id = customers.customer_id
    left join homes
        on renewing.source_relation = homes.source_relation
        and renewing.customer_id = homes.customer_id
    left join cards
        on renewing.source_relation = cards.source_relation
        and renewing.charged_customer_id = cards.customer_id

)

select * from final
