{{ config(materialized=by_object('table'), meta={'object': 'subscription_id'}) }}

-- What every subscription was, and since when that is known.
with

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

history as (

    -- Another account may have been loaded since the snapshot. The row is the newest
    -- word on the version that it still is.
    select history.*
    from {{ ref('int_subscriptions__subscription_history') }} as history
    inner join subscriptions
        on history.source_relation = subscriptions.source_relation
        and history.subscription_id = subscriptions.subscription_id
    where subscriptions.received_at is null
        or history.valid_from <> subscriptions.received_at

),

versions as (

    {{ followed_versions('history', 'subscriptions', 'subscription_id', [
        'customer_id', 'discount_id', 'plan_id', 'status', 'quantity', 'is_deleted',
    ]) }}

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
        {{ is_one_of('status', var('mrr_statuses')) }}
        and not coalesce(is_deleted, false) as is_counted,
        {{ reporting_date('valid_from') }} as valid_from_date,
        coalesce(
            {{ reporting_date(earlier_of('valid_to', 'next_valid_from')) }},
            cast('9999-12-31' as date)
        ) as valid_to_date
    from versions

)

select * from final
where valid_from_date < valid_to_date
