{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- The items of each known or current state: subscription items, else, where there is
-- none, the subscription's own plan.
with

states as (

    select * from {{ touched('int_subscriptions__states_known') }}

),

versions as (

    select * from {{ touched('int_subscriptions__item_versions') }}

),

staged as (

    select * from {{ touched('stg_stripe__subscription_items') }}
    where {{ is_by_as_of('created_at') }}
        and not coalesce(is_deleted, false)

),

items as (

    select
        'known' as basis,
        source_relation,
        subscription_id,
        subscription_item_id,
        plan_id,
        tax_rates,
        quantity,
        valid_from_date,
        valid_to_date
    from versions

    union all

    select
        'current' as basis,
        source_relation,
        subscription_id,
        subscription_item_id,
        plan_id,
        tax_rates,
        quantity,
        cast('1970-01-01' as date) as valid_from_date,
        cast('9999-12-31' as date) as valid_to_date
    from staged

),

final as (

    select
        states.basis,
        states.source_relation,
        states.subscription_id,
        states.customer_id,
        states.discount_id,
        items.subscription_item_id as item_id,
        case
            when items.subscription_id is null then states.plan_id else items.plan_id
        end as plan_id,
        items.tax_rates,
        case
            when items.subscription_id is null then states.quantity
            else items.quantity
        end as quantity,
        states.is_counted,
        states.reporting_month,
        states.last_date
    from states
    left join items
        on states.basis = items.basis
        and states.source_relation = items.source_relation
        and states.subscription_id = items.subscription_id
        and states.last_date >= items.valid_from_date
        and states.last_date < items.valid_to_date

)

select * from final
