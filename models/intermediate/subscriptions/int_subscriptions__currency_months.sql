-- Recurring revenue of every currency in every month, the ones without change too.
with

customers as (

    select * from {{ ref('fct_customer_mrr') }}

),

items as (

    select * from {{ ref('int_subscriptions__items_valued') }}
    where is_recurring

),

months as (

    select * from {{ ref('int_subscriptions__months') }}

),

currencies as (

    select
        source_relation,
        currency,
        min(min(reporting_month)) over (partition by source_relation) as first_month
    from customers
    group by source_relation, currency

),

excluded as (

    -- Of customers without any revenue, too.
    select
        source_relation,
        currency,
        sum(case when is_priced then 0 else 1 end) as excluded_item_count,
        reporting_month
    from items
    group by source_relation, currency, reporting_month

),

summed as (

    select
        source_relation,
        currency,
        sum(opening_mrr_amount) as opening_mrr_amount,
        sum(new_mrr_amount) as new_mrr_amount,
        sum(reactivation_mrr_amount) as reactivation_mrr_amount,
        sum(expansion_mrr_amount) as expansion_mrr_amount,
        sum(contraction_mrr_amount) as contraction_mrr_amount,
        sum(churn_mrr_amount) as churn_mrr_amount,
        sum(mrr_amount) as mrr_amount,
        sum(estimated_mrr_amount) as estimated_mrr_amount,
        sum(case when opening_mrr_amount <> 0 then 1 else 0 end)
            as opening_customer_count,
        sum(case when movement = 'new' then 1 else 0 end)
            as new_paying_customer_count,
        sum(case when movement = 'reactivation' then 1 else 0 end)
            as reactivated_customer_count,
        sum(case when movement = 'expansion' then 1 else 0 end)
            as expanded_customer_count,
        sum(case when movement = 'contraction' then 1 else 0 end)
            as contracted_customer_count,
        sum(case when movement = 'churn' then 1 else 0 end)
            as churned_customer_count,
        sum(case when mrr_amount <> 0 then 1 else 0 end) as closing_customer_count,
        {{ churn_sums() }},
        sum(subscription_count) as subscription_count,
        reporting_month
    from customers
    group by source_relation, currency, reporting_month

),

final as (

    select
        currencies.source_relation,
        currencies.currency,
        summed.opening_mrr_amount,
        summed.new_mrr_amount,
        summed.reactivation_mrr_amount,
        summed.expansion_mrr_amount,
        summed.contraction_mrr_amount,
        summed.churn_mrr_amount,
        summed.mrr_amount as closing_mrr_amount,
        summed.estimated_mrr_amount,
        summed.opening_customer_count,
        summed.new_paying_customer_count,
        summed.reactivated_customer_count,
        summed.expanded_customer_count,
        summed.contracted_customer_count,
        summed.churned_customer_count,
        summed.closing_customer_count,
        {{ churn_sums('summed') }},
        summed.subscription_count,
        excluded.excluded_item_count,
        months.reporting_month
    from currencies
    inner join months
        on currencies.source_relation = months.source_relation
        and currencies.first_month <= months.reporting_month
    left join summed
        on currencies.source_relation = summed.source_relation
        and currencies.currency = summed.currency
        and months.reporting_month = summed.reporting_month
    left join excluded
        on currencies.source_relation = excluded.source_relation
        and currencies.currency = excluded.currency
        and months.reporting_month = excluded.reporting_month

)

select * from final
