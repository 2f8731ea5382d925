{{ config(tags=['recurring_revenue']) }}

-- Items, customers and the total are the same money, to the last digit.
{% call if_built() %}
with

items as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(mrr_amount) as mrr_amount
    from {{ ref('int_subscriptions__items_valued') }}
    where basis <> 'current'
        and is_counted
        and customer_id is not null
    group by source_relation, currency, reporting_month
    having sum(mrr_amount) <> 0

),

customers as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(mrr_amount) as mrr_amount,
        sum(estimated_mrr_amount) as estimated_mrr_amount,
        sum(subscription_count) as subscription_count,
        sum(case when mrr_amount <> 0 then 1 else 0 end) as customer_count
    from {{ ref('fct_customer_mrr') }}
    group by source_relation, currency, reporting_month

),

months as (

    select * from {{ ref('mrr_monthly') }}

),

compared as (

    select
        months.source_relation,
        months.currency,
        months.reporting_month,
        months.closing_mrr_amount,
        coalesce(customers.mrr_amount, 0) as customer_mrr_amount,
        coalesce(items.mrr_amount, 0) as item_mrr_amount,
        months.estimated_mrr_amount <> coalesce(customers.estimated_mrr_amount, 0)
        or months.subscription_count <> coalesce(customers.subscription_count, 0)
        or months.closing_customer_count <> coalesce(customers.customer_count, 0)
            as is_counted_otherwise
    from months
    left join customers
        on months.source_relation = customers.source_relation
        and months.currency = customers.currency
        and months.reporting_month = customers.reporting_month
    left join items
        on months.source_relation = items.source_relation
        and months.currency = items.currency
        and months.reporting_month = items.reporting_month

),

missing as (

    select
        items.source_relation,
        items.currency,
        items.reporting_month
    from items
    left join months
        on items.source_relation = months.source_relation
        and items.currency = months.currency
        and items.reporting_month = months.reporting_month
    where months.currency is null

)

select
    source_relation,
    currency,
    reporting_month,
    closing_mrr_amount,
    customer_mrr_amount,
    item_mrr_amount
from compared
where closing_mrr_amount <> customer_mrr_amount
    or closing_mrr_amount <> item_mrr_amount
    or is_counted_otherwise

union all

select
    source_relation,
    currency,
    reporting_month,
    null as closing_mrr_amount,
    null as customer_mrr_amount,
    null as item_mrr_amount
from missing
{% endcall %}
