{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- Customers who had no recurring revenue left at the end of a month, and which of their
-- subscriptions was worth most at the end of the month before.
with

items as (

    select * from {{ touched('int_subscriptions__items_valued') }}
    where is_recurring

),

months as (

    select * from {{ ref('int_subscriptions__months') }}

),

valued as (

    select
        source_relation,
        customer_id,
        currency,
        subscription_id,
        cast(sum(mrr_amount) as {{ exact() }}) as mrr_amount,
        reporting_month
    from items
    group by source_relation, customer_id, currency, subscription_id, reporting_month

),

customers as (

    select
        source_relation,
        customer_id,
        currency,
        reporting_month,
        cast({{ dbt.dateadd('month', 1, 'reporting_month') }} as date) as next_month,
        lead(reporting_month) over (
            partition by source_relation, customer_id, currency
            order by reporting_month
        ) as next_month_with_mrr
    from valued
    group by source_relation, customer_id, currency, reporting_month
    having sum(mrr_amount) <> 0

),

ranked as (

    select
        valued.source_relation,
        valued.customer_id,
        valued.currency,
        valued.subscription_id,
        valued.mrr_amount,
        months.last_date,
        months.reporting_month,
        row_number() over (
            partition by
                valued.source_relation,
                valued.customer_id,
                valued.currency,
                valued.reporting_month
            order by
                valued.mrr_amount desc,
                {{ binary_order('valued.subscription_id') }}
        ) as mrr_rank
    from customers
    inner join months
        on customers.source_relation = months.source_relation
        and customers.next_month = months.reporting_month
    inner join valued
        on customers.source_relation = valued.source_relation
        and customers.customer_id = valued.customer_id
        and customers.currency = valued.currency
        and customers.reporting_month = valued.reporting_month
    where customers.next_month_with_mrr is null
        or customers.next_month_with_mrr > customers.next_month

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        subscription_id,
        mrr_amount,
        last_date,
        reporting_month
    from ranked
    where mrr_rank = 1

)

select * from final
