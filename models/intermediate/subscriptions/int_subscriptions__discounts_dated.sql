{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- Every discount and the days at whose end it stands: from start_date until before
-- end_date, and not from deleted_date on.
with

discounts as (

    select * from {{ touched('stg_stripe__discounts') }}

),

history as (

    -- The row is the newest word on the version that it still is.
    select history.*
    from {{ ref('int_subscriptions__discount_history') }} as history
    inner join discounts
        on history.source_relation = discounts.source_relation
        and history.discount_id = discounts.discount_id
    where discounts.received_at is null
        or history.valid_from <> discounts.received_at

),

versions as (

    {{ followed_versions(
        'history', 'discounts', 'discount_id', ['is_deleted'], since='null'
    ) }}

),

dated as (

    select
        source_relation,
        discount_id,
        min(case when not coalesce(is_deleted, false) then valid_from end)
            as first_kept_at,
        min(case when is_deleted then valid_from end) as deleted_at
    from versions
    group by source_relation, discount_id

),

final as (

    select
        discounts.source_relation,
        discounts.discount_id,
        discounts.coupon_id,
        discounts.customer_id,
        discounts.subscription_id,
        {{ reporting_date('discounts.start_at') }} as start_date,
        {{ reporting_date('discounts.end_at') }} as end_date,
        case
            when dated.first_kept_at < dated.deleted_at
                then {{ reporting_date('dated.deleted_at') }}
            -- No version is kept of when it stood.
            when dated.deleted_at is not null then cast('1970-01-01' as date)
        end as deleted_date,
        discounts.end_at,
        discounts.start_at
    from discounts
    inner join dated
        on discounts.source_relation = dated.source_relation
        and discounts.discount_id = dated.discount_id

)

select * from final
