{{ config(
    materialized=by_object('table'),
    meta={'object': 'subscription_id', 'is_by_month': true},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

plans as (

    select * from {{ ref('int_subscriptions__plans_normalized') }}

),

discounts as (

    select * from {{ touched('int_subscriptions__discounts_applied') }}
    where basis = 'current'
        and is_last

),

items as (

    select * from {{ touched('int_subscriptions__items_current') }}

),

trials as (

    select * from {{ touched('int_subscriptions__trials') }}

),

final as (

    select
        subscriptions.source_relation,
        subscriptions.subscription_id,
        subscriptions.customer_id,
        subscriptions.discount_id,
        discounts.coupon_id,
        subscriptions.plan_id,
        plans.product_id,
        items.currency,
        subscriptions.collection_method,
        plans.plan_name,
        plans.product_name,
        subscriptions.status,
        trials.trial_outcome,
        subscriptions.application_fee_percent,
        {{ amount_figure('items.mrr_amount', '0') }} as mrr_amount,
        {{ amount_figure('items.period_amount', '0') }} as period_amount,
        {{ count_figure('items.quantity') }} as quantity,
        {{ count_figure('items.item_count') }} as item_count,
        {{ count_figure('items.excluded_item_count') }} as excluded_item_count,
        subscriptions.is_canceling_at_period_end,
        items.is_counted,
        coalesce(subscriptions.is_deleted, false) as is_deleted,
        subscriptions.is_livemode,
        {{ reporting_date('subscriptions.canceled_at') }} as canceled_date,
        {{ reporting_date('subscriptions.created_at') }} as created_date,
        {{ reporting_date('discounts.end_at') }} as discount_end_date,
        {{ reporting_date('subscriptions.ended_at') }} as ended_date,
        {{ reporting_date('subscriptions.start_at') }} as start_date,
        trials.trial_ended_date,
        {{ reporting_date('subscriptions.created_at') }} as reporting_date,
        {{ first_day_of('week', reporting_date('subscriptions.created_at')) }}
            as reporting_week,
        {{ first_day_of('month', reporting_date('subscriptions.created_at')) }}
            as reporting_month,
        subscriptions.canceled_at,
        subscriptions.created_at,
        subscriptions.current_period_end_at,
        subscriptions.current_period_start_at,
        discounts.end_at as discount_end_at,
        subscriptions.ended_at,
        subscriptions.start_at,
        subscriptions.trial_end_at,
        subscriptions.trial_start_at
    from subscriptions
    left join items
        on subscriptions.source_relation = items.source_relation
        and subscriptions.subscription_id = items.subscription_id
    left join plans
        on items.source_relation = plans.source_relation
        and items.first_plan_id = plans.plan_id
    left join discounts
        on subscriptions.source_relation = discounts.source_relation
        and subscriptions.subscription_id = discounts.subscription_id
    left join trials
        on subscriptions.source_relation = trials.source_relation
        and subscriptions.subscription_id = trials.subscription_id

)

select * from final
