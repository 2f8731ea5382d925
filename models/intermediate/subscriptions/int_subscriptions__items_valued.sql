-- What each item is worth a month, rounded once, from whole numbers.
{{ config(materialized='table') }}
with

items as (

    select * from {{ ref('int_subscriptions__items') }}

),

plans as (

    select * from {{ ref('int_subscriptions__plans_normalized') }}

),

discounts as (

    select * from {{ ref('int_subscriptions__discounts_applied') }}

),

priced as (

    select
        items.*,
        plans.currency,
        plans.month_numerator,
        plans.month_denominator,
        coalesce(plans.is_priced, false) as is_priced,
        case
            when plans.is_priced
                then
                    cast(plans.amount_minor as numeric(38, 0))
                    * coalesce(items.quantity, 1)
        end as price_minor
    from items
    left join plans
        on items.source_relation = plans.source_relation
        and items.plan_id = plans.plan_id

),

summed as (

    -- An amount off is one for the whole subscription.
    select
        *,
        cast(sum(price_minor) over (
            partition by
                basis, source_relation, subscription_id, reporting_month, currency
        ) as numeric(38, 0)) as subscription_price_minor
    from priced

),

discounted as (

    select
        summed.*,
        coalesce(discounts.share_numerator, 1) as share_numerator,
        coalesce(discounts.share_denominator, 1) as share_denominator,
        case
            when
                discounts.off_currency = summed.currency
                and summed.subscription_price_minor > 0
                then discounts.amount_off_minor
            else 0
        end as amount_off_minor
    from summed
    left join discounts
        on summed.basis = discounts.basis
        and summed.source_relation = discounts.source_relation
        and summed.subscription_id = discounts.subscription_id
        and summed.reporting_month = discounts.reporting_month

),

lowered as (

    select
        *,
        case
            when amount_off_minor = 0 then share_numerator
            when subscription_price_minor * share_numerator
                <= cast(amount_off_minor as numeric(38, 0)) * share_denominator then 0
            else subscription_price_minor * share_numerator
                - cast(amount_off_minor as numeric(38, 0)) * share_denominator
        end as left_numerator,
        case
            when amount_off_minor = 0 then share_denominator
            else subscription_price_minor * share_denominator
        end as left_denominator
    from discounted

),

final as (

    select
        basis,
        source_relation,
        subscription_id,
        customer_id,
        item_id,
        plan_id,
        currency,
        quantity,
        is_counted,
        is_priced,
        {{ amount_figure(integer_ratio(
            'price_minor * month_numerator * left_numerator',
            'month_denominator * left_denominator'
        ), '0') }} as mrr_amount,
        reporting_month
    from lowered

)

select * from final
