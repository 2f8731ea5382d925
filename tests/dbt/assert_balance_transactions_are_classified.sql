-- Balance transactions that no rule gives a reporting category, by type.
select
    source_relation,
    type,
    description,
    count(*) as transaction_count,
    min(balance_transaction_id) as first_balance_transaction_id
from {{ ref('fct_balance_transactions') }}
where reporting_category = 'unclassified'
group by
    source_relation,
    type,
    description
