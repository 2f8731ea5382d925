{{ config(tags=['recurring_revenue']) }}

-- What a month opens with, and all that moves in it, is what it closes with; and the
-- next month opens with that. The kinds of churn add up to it.
with

months as (

    select * from {{ ref('mrr_monthly') }}

),

rolled as (

    select
        *,
        coalesce(
            lag(closing_mrr_amount) over (
                partition by source_relation, currency
                order by reporting_month asc
            ),
            0
        ) as closed_before,
        opening_mrr_amount
        + new_mrr_amount
        + reactivation_mrr_amount
        + expansion_mrr_amount
        - contraction_mrr_amount
        - churn_mrr_amount as rolled_mrr_amount,
        opening_customer_count
        + new_paying_customer_count
        + reactivated_customer_count
        - churned_customer_count as rolled_customer_count
    from months

)

select
    source_relation,
    currency,
    reporting_month,
    closed_before,
    opening_mrr_amount,
    rolled_mrr_amount,
    closing_mrr_amount
from rolled
where rolled_mrr_amount <> closing_mrr_amount
    or rolled_customer_count <> closing_customer_count
    or opening_mrr_amount <> closed_before
    or arr_amount <> 12 * closing_mrr_amount
    or churn_mrr_amount
    <> voluntary_churn_mrr_amount + failed_payment_churn_mrr_amount
    + other_churn_mrr_amount
    or churned_customer_count
    <> voluntary_churned_customer_count + failed_payment_churned_customer_count
    + other_churned_customer_count
