-- The categories of balance_activity_monthly sum to the balance transactions, to the
-- last digit.
{% call if_built() %}
with

figures as (

    select
        source_relation,
        currency,
        reporting_month,
        transaction_amount as gross_amount,
        fee_amount,
        net_amount,
        1 as transaction_count
    from {{ ref('fct_balance_transactions') }}
    where currency is not null

    union all

    select
        source_relation,
        currency,
        reporting_month,
        -gross_amount as gross_amount,
        -fee_amount as fee_amount,
        -net_amount as net_amount,
        -transaction_count as transaction_count
    from {{ ref('balance_activity_monthly') }}

)

select
    source_relation,
    currency,
    reporting_month,
    sum(gross_amount) as gross_difference,
    sum(fee_amount) as fee_difference,
    sum(net_amount) as net_difference,
    sum(transaction_count) as transaction_count_difference
from figures
group by
    source_relation,
    currency,
    reporting_month
having sum(gross_amount) <> 0
    or sum(fee_amount) <> 0
    or sum(net_amount) <> 0
    or sum(transaction_count) <> 0
{% endcall %}
