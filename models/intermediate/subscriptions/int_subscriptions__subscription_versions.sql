-- What every subscription was, and since when that is known.
with

subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

history as (

    select * from {{ ref('int_subscriptions__subscription_history') }}

),

all_versions as (

    -- Another account may have been loaded since the snapshot. The row is the newest
    -- word on the version that it still is.
    select
        history.source_relation,
        history.subscription_id,
        history.customer_id,
        history.discount_id,
        history.plan_id,
        history.status,
        history.quantity,
        history.is_deleted,
        history.valid_from,
        history.valid_to
    from history
    inner join subscriptions
        on history.source_relation = subscriptions.source_relation
        and history.subscription_id = subscriptions.subscription_id
    where subscriptions.received_at is null
        or history.valid_from <> subscriptions.received_at

    union all

    select
        subscriptions.source_relation,
        subscriptions.subscription_id,
        subscriptions.customer_id,
        subscriptions.discount_id,
        subscriptions.plan_id,
        subscriptions.status,
        subscriptions.quantity,
        subscriptions.is_deleted,
        coalesce(
            subscriptions.received_at,
            subscriptions.created_at,
            cast('1970-01-01' as timestamp)
        ) as valid_from,
        cast(null as {{ dbt.type_timestamp() }}) as valid_to
    from subscriptions

),

followed as (

    select
        *,
        lead(valid_from) over (
            partition by source_relation, subscription_id
            order by valid_from asc
        ) as next_valid_from
    from all_versions

),

dated as (

    select
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        plan_id,
        status,
        quantity,
        {{ is_one_of('status', var('mrr_statuses')) }}
        and not coalesce(is_deleted, false) as is_counted,
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
        subscription_id,
        customer_id,
        discount_id,
        plan_id,
        status,
        quantity,
        is_counted,
        valid_from_date,
        valid_to_date
    from dated
    where valid_from_date < valid_to_date

)

select * from final
