{{ config(severity='warn') }}

-- Balance transactions whose net is not what their amount and fee leave, by id.
-- The test hangs on the last mart, so that all others are built.
-- depends_on: {{ ref('executive_summary_monthly') }}
{% call if_built() %}
select
    source_relation,
    balance_transaction_id,
    currency,
    transaction_amount,
    fee_amount,
    net_amount
from {{ ref('fct_balance_transactions') }}
where net_amount <> transaction_amount - fee_amount
{% endcall %}
