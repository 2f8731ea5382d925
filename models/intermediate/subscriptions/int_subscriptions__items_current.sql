{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- The items of each subscription as it is now, added up.
with

valued as (

    select * from {{ touched('int_subscriptions__items_valued') }}
    where basis = 'current'

),

staged as (

    select * from {{ touched('stg_stripe__subscription_items') }}

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

priced_first as (

    -- What the first plan that was delivered is priced in.
    select
        *,
        row_number() over (
            partition by source_relation, subscription_id
            order by case when currency is null then 1 else 0 end asc, item_rank asc
        ) as currency_rank
    from ranked

),

in_one_currency as (

    select
        *,
        max(case when currency_rank = 1 then currency end) over (
            partition by source_relation, subscription_id
        ) as subscription_currency
    from priced_first

),

final as (

    select
        source_relation,
        subscription_id,
        max(case when item_rank = 1 then plan_id end) as first_plan_id,
        max(subscription_currency) as currency,
        cast(
            sum(
                case
                    when is_counted and currency = subscription_currency
                        then mrr_amount
                    else 0
                end
            ) as {{ exact() }}
        ) as mrr_amount,
        cast(
            sum(
                case when currency = subscription_currency then period_amount else 0 end
            ) as {{ exact() }}
        ) as period_amount,
        sum(coalesce(quantity, 1)) as quantity,
        count(*) as item_count,
        sum(case when is_priced then 0 else 1 end) as excluded_item_count,
        max(case when is_counted then 1 else 0 end) = 1 as is_counted
    from in_one_currency
    group by source_relation, subscription_id

)

select * from final
