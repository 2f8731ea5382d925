-- Which plans does the recurring revenue of today come from?
with

items as (

    select * from {{ ref('int_subscriptions__items_valued') }}
    where basis = 'current'
        and is_counted
        and customer_id is not null

),

plans as (

    select * from {{ ref('int_subscriptions__plans_normalized') }}

),

final as (

    select
        items.source_relation,
        items.currency,
        items.plan_id,
        plans.plan_name,
        plans.product_name,
        sum(items.mrr_amount) as mrr_amount,
        count(distinct items.subscription_id) as subscription_count,
        sum(case when items.is_priced then 0 else 1 end) as excluded_item_count
    from items
    left join plans
        on items.source_relation = plans.source_relation
        and items.plan_id = plans.plan_id
    group by
        items.source_relation,
        items.currency,
        items.plan_id,
        plans.plan_name,
        plans.product_name

)

select * from final
order by
    source_relation asc,
    currency asc nulls last,
    mrr_amount desc,
    plan_id asc nulls last
