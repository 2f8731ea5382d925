{{ config(severity='warn') }}

-- Disputes and balance transactions without a creation date: no figure counts them.
{% call if_built() %}
select
    source_relation,
    'dispute' as object_type,
    dispute_id as object_id
from {{ ref('int_payments__disputes_found') }}
where created_at is null

union all

select
    source_relation,
    'balance_transaction' as object_type,
    balance_transaction_id as object_id
from {{ ref('int_balances__transactions_classified') }}
where created_at is null
{% endcall %}
