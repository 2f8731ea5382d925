-- Staging and facts hold the same fee details, where their transaction is known.
{% call if_built() %}
with

counted as (

    select
        details.source_relation,
        details.balance_transaction_id,
        count(*) as staged_count,
        0 as fact_count
    from {{ ref('stg_stripe__balance_transaction_fee_details') }} as details
    inner join {{ ref('fct_balance_transactions') }} as facts
        on details.source_relation = facts.source_relation
        and details.balance_transaction_id = facts.balance_transaction_id
    group by details.source_relation, details.balance_transaction_id
    union all
    select
        source_relation,
        balance_transaction_id,
        0 as staged_count,
        count(*) as fact_count
    from {{ ref('fct_balance_transaction_fees') }}
    group by source_relation, balance_transaction_id

)

select
    source_relation,
    balance_transaction_id,
    sum(staged_count) as staged_count,
    sum(fact_count) as fact_count
from counted
group by source_relation, balance_transaction_id
having sum(staged_count) <> sum(fact_count)
{% endcall %}
