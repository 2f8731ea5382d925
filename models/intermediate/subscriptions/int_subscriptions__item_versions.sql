{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- What every subscription item was, and since when that is known; not after it was
-- deleted.
with

items as (

    select * from {{ touched('stg_stripe__subscription_items') }}
    where {{ is_by_as_of('created_at') }}

),

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

history as (

    -- An item may be gone whose subscription is not.
    select history.*
    from {{ ref('int_subscriptions__item_history') }} as history
    inner join subscriptions
        on history.source_relation = subscriptions.source_relation
        and history.subscription_id = subscriptions.subscription_id
    left join items
        on history.source_relation = items.source_relation
        and history.subscription_item_id = items.subscription_item_id
        and history.valid_from = items.received_at
    where items.subscription_item_id is null
        and {{ is_by_as_of('history.created_at') }}

),

versions as (

    {{ followed_versions('history', 'items', 'subscription_item_id', [
        'plan_id', 'subscription_id', 'tax_rates', 'quantity', 'is_deleted',
    ]) }}

),

final as (

    select
        source_relation,
        subscription_item_id,
        plan_id,
        subscription_id,
        tax_rates,
        quantity,
        {{ reporting_date('valid_from') }} as valid_from_date,
        coalesce(
            {{ reporting_date(earlier_of('valid_to', 'next_valid_from')) }},
            cast('9999-12-31' as date)
        ) as valid_to_date
    from versions
    where not coalesce(is_deleted, false)

)

select * from final
where valid_from_date < valid_to_date
