-- Each customer's lifetime value, gross, refunds, fees and orders are those of its own
-- balance transactions, charges and refunds.
{% call if_built() %}
with

figures as (

    select
        source_relation,
        customer_id,
        currency,
        net_amount as value_amount,
        fee_amount,
        0 as gross_amount,
        0 as refund_amount,
        0 as order_count
    from {{ ref('fct_balance_transactions') }}
    where is_net_volume
    union all
    select
        source_relation,
        customer_id,
        currency,
        0 as value_amount,
        0 as fee_amount,
        gross_amount,
        0 as refund_amount,
        case when is_gross then 1 else 0 end as order_count
    from {{ ref('fct_charges') }}
    union all
    select
        source_relation,
        customer_id,
        currency,
        0 as value_amount,
        0 as fee_amount,
        0 as gross_amount,
        refund_amount,
        0 as order_count
    from {{ ref('fct_refunds') }}
    union all
    select
        source_relation,
        customer_id,
        currency,
        -coalesce(lifetime_value_amount, 0) as value_amount,
        -coalesce(fee_amount, 0) as fee_amount,
        -gross_amount as gross_amount,
        -refund_amount as refund_amount,
        -order_count as order_count
    from {{ ref('customer_lifetime_value') }}

)

select
    source_relation,
    customer_id,
    currency,
    sum(value_amount) as value_difference,
    sum(fee_amount) as fee_difference,
    sum(gross_amount) as gross_difference,
    sum(refund_amount) as refund_difference,
    sum(order_count) as order_count_difference
from figures
where customer_id is not null
    and currency is not null
group by
    source_relation,
    customer_id,
    currency
having sum(value_amount) <> 0
    or sum(fee_amount) <> 0
    or sum(gross_amount) <> 0
    or sum(refund_amount) <> 0
    or sum(order_count) <> 0
{% endcall %}
