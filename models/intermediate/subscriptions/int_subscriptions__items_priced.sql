{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- What each item costs per invoice, and what of it is tax.
with

items as (

    select * from {{ touched('int_subscriptions__items') }}

),

plans as (

    select * from {{ ref('int_subscriptions__plans_normalized') }}

),

inclusive_rates as (

    select
        source_relation,
        tax_rates,
        sum(percentage) as tax_percent
    from {{ ref('int_subscriptions__tax_rates_named') }}
    where is_inclusive
        and percentage > 0
    group by source_relation, tax_rates

),

final as (

    select
        items.basis,
        items.source_relation,
        items.subscription_id,
        items.customer_id,
        items.item_id,
        items.plan_id,
        plans.currency,
        items.quantity,
        items.is_counted,
        plans.month_numerator,
        plans.month_denominator,
        plans.minor_units,
        coalesce(plans.is_priced, false) as is_priced,
        case
            when plans.is_priced
                then
                    cast(plans.amount_minor as {{ exact(0) }})
                    * coalesce(items.quantity, 1)
        end as price_minor,
        -- Of 120 with 20 % inside, 100 are no tax.
        case
            when inclusive_rates.tax_percent is null then 1
            else 100 * {{ percent_unit('inclusive_rates.tax_percent') }}
        end as net_numerator,
        case
            when inclusive_rates.tax_percent is null then 1
            else {{ whole_percent('100 + inclusive_rates.tax_percent') }}
        end as net_denominator,
        items.reporting_month
    from items
    left join plans
        on items.source_relation = plans.source_relation
        and items.plan_id = plans.plan_id
    left join inclusive_rates
        on items.source_relation = inclusive_rates.source_relation
        and items.tax_rates = inclusive_rates.tax_rates

)

select * from final
