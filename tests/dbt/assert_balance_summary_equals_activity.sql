-- The lines of balance_summary_monthly sum to the categories of
-- balance_activity_monthly, payouts apart, to the last digit.
{% call if_built() %}
with

figures as (

    select
        source_relation,
        currency,
        reporting_month,
        case when is_payout then 0 else net_amount end as activity_amount,
        case when is_payout then -net_amount else 0 end as payout_amount,
        case when reporting_category = 'unclassified' then net_amount else 0 end
            as unclassified_amount,
        transaction_count,
        case when reporting_category = 'unclassified' then transaction_count else 0 end
            as unclassified_count
    from {{ ref('balance_activity_monthly') }}

    union all

    select
        source_relation,
        currency,
        reporting_month,
        -activity_amount as activity_amount,
        -payout_amount as payout_amount,
        -unclassified_activity_amount as unclassified_amount,
        -transaction_count as transaction_count,
        -unclassified_count as unclassified_count
    from {{ ref('balance_summary_monthly') }}

)

select
    source_relation,
    currency,
    reporting_month,
    sum(activity_amount) as activity_difference,
    sum(payout_amount) as payout_difference,
    sum(unclassified_amount) as unclassified_difference,
    sum(transaction_count) as transaction_count_difference,
    sum(unclassified_count) as unclassified_count_difference
from figures
group by
    source_relation,
    currency,
    reporting_month
having sum(activity_amount) <> 0
    or sum(payout_amount) <> 0
    or sum(unclassified_amount) <> 0
    or sum(transaction_count) <> 0
    or sum(unclassified_count) <> 0
{% endcall %}
