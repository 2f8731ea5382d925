{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- Subscriptions as they were at the end of each month, by their own rows: 'known' where
-- they count then, and 'current', in the as-of month, for every one as it is now.
with

versions as (

    select * from {{ touched('int_subscriptions__subscription_versions') }}

),

months as (

    select * from {{ ref('int_subscriptions__months') }}

),

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}

),

final as (

    select
        'known' as basis,
        versions.source_relation,
        versions.subscription_id,
        versions.customer_id,
        versions.discount_id,
        versions.plan_id,
        versions.quantity,
        true as is_counted,
        months.reporting_month,
        months.last_date
    from versions
    inner join months
        on versions.source_relation = months.source_relation
        and versions.valid_from_date <= months.last_date
        and versions.valid_to_date > months.last_date
    where versions.is_counted

    union all

    select
        'current' as basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        plan_id,
        quantity,
        {{ is_one_of('status', var('mrr_statuses')) }}
        and not coalesce(is_deleted, false) as is_counted,
        {{ first_day_of('month', as_of_date()) }} as reporting_month,
        {{ as_of_date() }} as last_date
    from subscriptions

)

select * from final
