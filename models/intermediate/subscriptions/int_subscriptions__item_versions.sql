-- What every subscription item was, and since when that is known.
with

items as (

    select * from {{ ref('stg_stripe__subscription_items') }}
    where {{ is_by_as_of('created_at') }}

),

subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}

),

history as (

    select * from {{ ref('int_subscriptions__item_history') }}

),

all_versions as (

    -- Another account may have been loaded since the snapshot.
    select
        history.source_relation,
        history.subscription_item_id,
        history.plan_id,
        history.subscription_id,
        history.quantity,
        history.valid_from,
        history.valid_to
    from history
    inner join subscriptions
        on history.source_relation = subscriptions.source_relation
        and history.subscription_id = subscriptions.subscription_id

    union all

    -- What the snapshot does not hold yet.
    select
        items.source_relation,
        items.subscription_item_id,
        items.plan_id,
        items.subscription_id,
        items.quantity,
        coalesce(
            items.received_at, items.created_at, cast('1970-01-01' as timestamp)
        ) as valid_from,
        cast(null as {{ dbt.type_timestamp() }}) as valid_to
    from items
    left join history
        on items.source_relation = history.source_relation
        and items.subscription_item_id = history.subscription_item_id
        and items.received_at = history.valid_from
    where history.subscription_item_id is null

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
        quantity,
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
        quantity,
        valid_from_date,
        valid_to_date
    from dated
    where valid_from_date < valid_to_date

)

select * from final
