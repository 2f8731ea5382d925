-- What a customer's subscriptions are worth at the end of each month, per currency.
with

items as (

    select * from {{ ref('int_subscriptions__items_valued') }}
    where basis <> 'current'
        and is_counted
        and customer_id is not null
        and currency is not null

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        cast(sum(mrr_amount) as numeric(38, 6)) as mrr_amount,
        cast(
            sum(case when basis = 'estimated' then mrr_amount else 0 end)
            as numeric(38, 6)
        ) as estimated_mrr_amount,
        count(distinct case when mrr_amount > 0 then subscription_id end)
            as subscription_count,
        sum(case when is_priced then 0 else 1 end) as excluded_item_count,
        reporting_month
    from items
    group by source_relation, customer_id, currency, reporting_month

)

select * from final
