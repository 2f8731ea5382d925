{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- What its discounts leave of what a subscription costs per invoice, in one currency.
with

items as (

    select * from {{ touched('int_subscriptions__items_priced') }}

),

discounts as (

    select * from {{ touched('int_subscriptions__discounts_applied') }}

),

prices as (

    -- An amount off is one for the whole subscription.
    select
        basis,
        source_relation,
        subscription_id,
        currency,
        cast(sum(price_minor) as {{ exact(0) }}) as price_minor,
        reporting_month
    from items
    where is_priced
    group by basis, source_relation, subscription_id, currency, reporting_month

),

stacked as (

    select
        prices.basis,
        prices.source_relation,
        prices.subscription_id,
        prices.currency,
        prices.price_minor,
        {{ at_discount_rank('share_numerator', 1) }},
        {{ at_discount_rank('share_denominator', 1) }},
        {{ at_discount_rank(
            'amount_off_minor', 0, 'discounts.off_currency = prices.currency'
        ) }},
        prices.price_minor > 0 and coalesce(
            max(
                case
                    when discounts.off_currency = prices.currency
                        then discounts.amount_off_minor
                end
            ) > 0,
            false
        ) as has_amount_off,
        prices.reporting_month
    from prices
    inner join discounts
        on prices.basis = discounts.basis
        and prices.source_relation = discounts.source_relation
        and prices.subscription_id = discounts.subscription_id
        and prices.reporting_month = discounts.reporting_month
    group by
        prices.basis,
        prices.source_relation,
        prices.subscription_id,
        prices.currency,
        prices.price_minor,
        prices.reporting_month

),

multiplied as (

    select
        *,
        {{ shares_multiplied('numerator', most_discounts()) }} as shares_numerator,
        {{ shares_multiplied('denominator', most_discounts()) }} as shares_denominator,
        case when has_amount_off then {{ discounted_price('price_minor') }} end
            as discounted_price
    from stacked

),

final as (

    select
        basis,
        source_relation,
        subscription_id,
        currency,
        case
            when discounted_price < 0 then 0
            when has_amount_off then discounted_price
            else shares_numerator
        end as left_numerator,
        case
            when has_amount_off then price_minor * shares_denominator
            else shares_denominator
        end as left_denominator,
        reporting_month
    from multiplied

)

select * from final
