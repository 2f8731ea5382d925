-- What one unit of a plan is worth a month, as whole numbers:
-- amount_minor * month_numerator / month_denominator, in major units.
with

plans as (

    select * from {{ ref('stg_stripe__plans') }}

),

products as (

    select * from {{ ref('stg_stripe__products') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

measured as (

    select
        plans.source_relation,
        plans.plan_id,
        plans.product_id,
        plans.currency,
        coalesce(plans.nickname, plans.name) as plan_name,
        products.name as product_name,
        plans.amount_minor,
        case lower(trim(plans.billing_interval))
            when 'day' then 365
            when 'week' then 52
            when 'month' then 1
            when 'year' then 1
        end as month_numerator,
        case
            when lower(trim(plans.billing_interval)) = 'month' then 1
            else 12
        end
        * coalesce(nullif(plans.interval_count, 0), 1)
        * cast(power(10, currencies.decimal_places) as {{ dbt.type_bigint() }})
            as month_denominator,
        cast(power(10, currencies.decimal_places) as {{ dbt.type_bigint() }})
            as minor_units
    from plans
    left join products
        on plans.source_relation = products.source_relation
        and plans.product_id = products.product_id
    left join currencies
        on plans.currency = currencies.currency

),

final as (

    select
        source_relation,
        plan_id,
        product_id,
        currency,
        plan_name,
        product_name,
        amount_minor,
        month_numerator,
        month_denominator,
        minor_units,
        amount_minor is not null
        and month_numerator is not null
        and month_denominator is not null as is_priced
    from measured

)

select * from final
