{{ config(
    materialized=by_object('table'),
    meta={'object': 'customer_id', 'is_by_month': true},
    **stored_by(['reporting_month', 'customer_id'])
) }}

with

items as (

    select * from {{ touched('int_subscriptions__items_valued') }}
    where is_recurring

),

causes as (

    select * from {{ touched('int_subscriptions__churn_causes') }}

),

customer_months as (

    select
        source_relation,
        customer_id,
        currency,
        cast(sum(mrr_amount) as {{ exact() }}) as mrr_amount,
        cast(
            sum(case when basis = 'estimated' then mrr_amount else 0 end)
            as {{ exact() }}
        ) as estimated_mrr_amount,
        count(distinct case when mrr_amount > 0 then subscription_id end)
            as subscription_count,
        sum(case when is_priced then 0 else 1 end) as excluded_item_count,
        reporting_month,
        cast({{ dbt.dateadd('month', 1, 'reporting_month') }} as date) as next_month
    from items
    group by source_relation, customer_id, currency, reporting_month

),

compared as (

    select
        *,
        lag(mrr_amount) over (
            partition by source_relation, customer_id, currency order by reporting_month
        ) as prior_mrr_amount,
        lag(next_month) over (
            partition by source_relation, customer_id, currency order by reporting_month
        ) as prior_next_month,
        lead(reporting_month) over (
            partition by source_relation, customer_id, currency order by reporting_month
        ) as later_month,
        -- The first in which anything was worth something, so far.
        min(case when mrr_amount <> 0 then reporting_month end) over (
            partition by source_relation, customer_id, currency order by reporting_month
            rows between unbounded preceding and current row
        ) as first_month
    from customer_months

),

both_ends as (

    select
        source_relation,
        customer_id,
        currency,
        case when prior_next_month = reporting_month then prior_mrr_amount else 0 end
            as opening_mrr_amount,
        mrr_amount,
        estimated_mrr_amount,
        subscription_count,
        excluded_item_count,
        first_month,
        reporting_month
    from compared

    union all

    -- After the last month with items there is one that closes with nothing.
    select
        source_relation,
        customer_id,
        currency,
        mrr_amount as opening_mrr_amount,
        0 as mrr_amount,
        0 as estimated_mrr_amount,
        0 as subscription_count,
        0 as excluded_item_count,
        first_month,
        next_month as reporting_month
    from compared
    where reporting_month < {{ first_day_of('month', as_of_date()) }}
        and coalesce(later_month > next_month, true)

),

moved as (

    select
        *,
        mrr_amount - opening_mrr_amount as change_amount,
        case
            when opening_mrr_amount = 0 and reporting_month = first_month then 'new'
            when opening_mrr_amount = 0 then 'reactivation'
            when mrr_amount = 0 then 'churn'
            when mrr_amount > opening_mrr_amount then 'expansion'
            when mrr_amount < opening_mrr_amount then 'contraction'
            else 'none'
        end as movement
    from both_ends
    where opening_mrr_amount <> 0 or mrr_amount <> 0

),

final as (

    select
        moved.source_relation,
        moved.customer_id,
        causes.subscription_id as churned_subscription_id,
        moved.currency,
        moved.movement,
        causes.churn_kind,
        causes.churn_evidence,
        {{ amount_figure('opening_mrr_amount', '0') }} as opening_mrr_amount,
        {{ mrr_movement('new') }} as new_mrr_amount,
        {{ mrr_movement('reactivation') }} as reactivation_mrr_amount,
        {{ mrr_movement('expansion') }} as expansion_mrr_amount,
        {{ mrr_movement('contraction') }} as contraction_mrr_amount,
        {{ mrr_movement('churn') }} as churn_mrr_amount,
        {{ amount_figure('mrr_amount', '0') }} as mrr_amount,
        {{ amount_figure('estimated_mrr_amount', '0') }} as estimated_mrr_amount,
        {{ count_figure('subscription_count') }} as subscription_count,
        {{ count_figure('excluded_item_count') }} as excluded_item_count,
        estimated_mrr_amount <> 0 as is_estimated,
        moved.reporting_month
    from moved
    left join causes
        on moved.source_relation = causes.source_relation
        and moved.customer_id = causes.customer_id
        and moved.currency = causes.currency
        and moved.reporting_month = causes.reporting_month

)

select * from final
