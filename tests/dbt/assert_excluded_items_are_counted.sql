{{ config(tags=['recurring_revenue']) }}

-- Every item is either in the MRR, at a price that is known, or counted as excluded.
{% call if_built() %}
with

items as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(case when is_priced then 0 else 1 end) as excluded_item_count,
        sum(case when is_priced then 0 else abs(mrr_amount) end) as excluded_mrr_amount
    from {{ ref('int_subscriptions__items_valued') }}
    where basis <> 'current'
        and is_counted
        and customer_id is not null
    group by source_relation, currency, reporting_month

),

months as (

    select * from {{ ref('mrr_monthly') }}

)

select
    months.source_relation,
    months.currency,
    months.reporting_month,
    months.excluded_item_count,
    items.excluded_item_count as excluded_items,
    items.excluded_mrr_amount
from months
left join items
    on months.source_relation = items.source_relation
    and months.currency = items.currency
    and months.reporting_month = items.reporting_month
where months.excluded_item_count <> coalesce(items.excluded_item_count, 0)
    or coalesce(items.excluded_mrr_amount, 0) <> 0
{% endcall %}
