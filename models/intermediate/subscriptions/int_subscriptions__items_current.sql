-- The items of each subscription as it is now, added up.
with

valued as (

    select * from {{ ref('int_subscriptions__items_valued') }}
    where basis = 'current'

),

staged as (

    select * from {{ ref('stg_stripe__subscription_items') }}

),

ranked as (

    -- An item that was replaced stays, with quantity 0.
    select
        valued.*,
        row_number() over (
            partition by valued.source_relation, valued.subscription_id
            order by
                case when valued.quantity = 0 then 1 else 0 end asc,
                staged.created_at asc nulls last,
                {{ binary_order('valued.item_id') }} asc
        ) as item_rank
    from valued
    left join staged
        on valued.source_relation = staged.source_relation
        and valued.item_id = staged.subscription_item_id

),

final as (

    select
        source_relation,
        subscription_id,
        max(case when item_rank = 1 then plan_id end) as first_plan_id,
        sum(case when is_counted then mrr_amount else 0 end) as mrr_amount,
        sum(coalesce(quantity, 1)) as quantity,
        count(*) as item_count,
        sum(case when is_priced then 0 else 1 end) as excluded_item_count,
        max(case when is_counted then 1 else 0 end) = 1 as is_counted
    from ranked
    group by source_relation, subscription_id

)

select * from final
