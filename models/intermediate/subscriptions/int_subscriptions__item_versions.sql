-- What every subscription item was, and since when that is known; not after it was
-- deleted.
with

items as (

    select * from {{ ref('stg_stripe__subscription_items') }}
    where {{ is_by_as_of('created_at') }}

),

subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

history as (

    select * from {{ ref('int_subscriptions__item_history') }}
    where {{ is_by_as_of('created_at') }}

),

all_versions as (

    -- Another account may have been loaded since the snapshot. The row is the newest
    -- word on the version that it still is.
    select
        history.source_relation,
        history.subscription_item_id,
        history.plan_id,
        history.subscription_id,
        history.tax_rates,
        history.quantity,
        history.is_deleted,
        history.valid_from,
        history.valid_to
    from history
    inner join subscriptions
        on history.source_relation = subscriptions.source_relation
        and history.subscription_id = subscriptions.subscription_id
    left join items
        on history.source_relation = items.source_relation
        and history.subscription_item_id = items.subscription_item_id
        and history.valid_from = items.received_at
    where items.subscription_item_id is null

    union all

    select
        items.source_relation,
        items.subscription_item_id,
        items.plan_id,
        items.subscription_id,
        items.tax_rates,
        items.quantity,
        items.is_deleted,
        coalesce(
            items.received_at, items.created_at, cast('1970-01-01' as timestamp)
        ) as valid_from,
        cast(null as {{ dbt.type_timestamp() }}) as valid_to
    from items

),

followed as (

    select
        *,
        lead(valid_from) over (
            partition by source_relation, subscription_item_id
            order by valid_from asc
        ) as next_valid_from
    from all_versions

),

dated as (

    select
        source_relation,
        subscription_item_id,
        plan_id,
        subscription_id,
        tax_rates,
        quantity,
        is_deleted,
        {{ reporting_date('valid_from') }} as valid_from_date,
        coalesce(
            {{ reporting_date(earlier_of('valid_to', 'next_valid_from')) }},
            cast('9999-12-31' as date)
        ) as valid_to_date
    from followed

),

final as (

    select
        source_relation,
        subscription_item_id,
        plan_id,
        subscription_id,
        tax_rates,
        quantity,
        valid_from_date,
        valid_to_date
    from dated
    where valid_from_date < valid_to_date
        and not coalesce(is_deleted, false)

)

select * from final
