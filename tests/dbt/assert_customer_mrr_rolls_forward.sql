{{ config(tags=['recurring_revenue']) }}

-- As assert_mrr_rolls_forward, for every customer; each has one movement a month. A row
-- is there as long as there is something to open or close with. Only a price below zero
-- moves below zero.
with

months as (

    select * from {{ ref('fct_customer_mrr') }}

),

rolled as (

    select
        *,
        lag(mrr_amount) over (
            partition by source_relation, customer_id, currency
            order by reporting_month asc
        ) as closed_before,
        opening_mrr_amount
        + new_mrr_amount
        + reactivation_mrr_amount
        + expansion_mrr_amount
        - contraction_mrr_amount
        - churn_mrr_amount as rolled_mrr_amount,
        case when new_mrr_amount <> 0 then 1 else 0 end
        + case when reactivation_mrr_amount <> 0 then 1 else 0 end
        + case when expansion_mrr_amount <> 0 then 1 else 0 end
        + case when contraction_mrr_amount <> 0 then 1 else 0 end
        + case when churn_mrr_amount <> 0 then 1 else 0 end as movement_count
    from months

)

select
    source_relation,
    customer_id,
    currency,
    reporting_month,
    movement,
    closed_before,
    opening_mrr_amount,
    rolled_mrr_amount,
    mrr_amount
from rolled
where rolled_mrr_amount <> mrr_amount
    or opening_mrr_amount <> coalesce(closed_before, 0)
    or movement_count <> case when movement = 'none' then 0 else 1 end
    or (movement = 'new' and closed_before is not null)
    or (movement = 'reactivation' and closed_before is null)
    or (movement = 'churn' and mrr_amount <> 0)
