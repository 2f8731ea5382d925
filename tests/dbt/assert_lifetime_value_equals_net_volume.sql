-- Channels, cohorts and facts hold the same money: no customer is lost on the way from
-- a balance transaction to a channel, and none is counted twice.
{% call if_built() %}
with

amounts as (

    select
        source_relation,
        currency,
        net_amount as fact_amount,
        0 as customer_amount,
        0 as cohort_amount
    from {{ ref('fct_balance_transactions') }}
    where is_net_volume
        and customer_id is not null
    union all
    select
        source_relation,
        currency,
        0 as fact_amount,
        lifetime_value_amount as customer_amount,
        0 as cohort_amount
    from {{ ref('customer_lifetime_value') }}
    union all
    select
        source_relation,
        currency,
        0 as fact_amount,
        0 as customer_amount,
        net_amount as cohort_amount
    from {{ ref('lifetime_value_cohorts') }}

)

select
    source_relation,
    currency,
    sum(fact_amount) as fact_amount,
    sum(customer_amount) as customer_amount,
    sum(cohort_amount) as cohort_amount
from amounts
where currency is not null
group by
    source_relation,
    currency
having sum(fact_amount) <> sum(customer_amount)
    or sum(fact_amount) <> sum(cohort_amount)
{% endcall %}
