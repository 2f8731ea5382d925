{{ config(severity='warn') }}

-- Refunds whose amount is not what their balance transactions hold, less what came
-- back, by id; in the refund's currency.
{% call if_built() %}
with

transactions as (

    select
        source_relation,
        refund_id,
        currency,
        sum(-transaction_amount) as balance_amount
    from {{ ref('fct_balance_transactions') }}
    where reporting_category in ('refund', 'refund_failure')
    group by
        source_relation,
        refund_id,
        currency

),

facts as (

    select * from {{ ref('fct_refunds') }}

)

select
    facts.source_relation,
    facts.refund_id,
    facts.currency,
    facts.status,
    facts.refund_amount,
    transactions.balance_amount,
    facts.refund_amount - transactions.balance_amount as difference
from facts
inner join transactions
    on facts.source_relation = transactions.source_relation
    and facts.refund_id = transactions.refund_id
    and facts.currency = transactions.currency
where facts.refund_amount <> transactions.balance_amount
{% endcall %}
