{{ config(
    materialized=by_object('table'),
    meta={'object': 'subscription_id', 'is_by_month': true}
) }}

-- What each item is worth a month, without tax, rounded once, from whole numbers.
with

items as (

    select * from {{ touched('int_subscriptions__items_priced') }}

),

discounted as (

    select * from {{ touched('int_subscriptions__prices_discounted') }}

),

lowered as (

    -- Of an amount off, each item bears the share that it has in the price.
    select
        items.*,
        coalesce(discounted.left_numerator, 1) as left_numerator,
        coalesce(discounted.left_denominator, 1) as left_denominator
    from items
    left join discounted
        on items.basis = discounted.basis
        and items.source_relation = discounted.source_relation
        and items.subscription_id = discounted.subscription_id
        and items.currency = discounted.currency
        and items.reporting_month = discounted.reporting_month

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
        basis <> 'current'
        and is_counted
        and customer_id is not null
        and currency is not null as is_recurring,
        {{ amount_figure(integer_ratio(
            'price_minor * month_numerator * left_numerator * net_numerator',
            'month_denominator * left_denominator * net_denominator'
        ), '0') }} as mrr_amount,
        case when basis = 'current' then {{ amount_figure(integer_ratio(
            'price_minor * left_numerator', 'left_denominator * minor_units'
        ), '0') }} end as period_amount,
        reporting_month
    from lowered

)

select * from final
