-- Delinquent customers that finance_operations_delinquent_customers lacks, and balances
-- that customer_lookup shows otherwise: what is negative is owed to the customer.
{% call if_built() %}
with

customers as (

    select * from {{ ref('dim_customers') }}

)

select
    customers.source_relation,
    customers.customer_id,
    customers.is_delinquent,
    customers.balance_amount,
    lookup.balance_amount as balance_shown,
    lookup.credit_balance_amount as credit_shown
from customers
left join {{ ref('customer_lookup') }} as lookup
    on customers.source_relation = lookup.source_relation
    and customers.customer_id = lookup.customer_id
    and customers.currency = lookup.currency
left join {{ ref('finance_operations_delinquent_customers') }} as listed
    on customers.source_relation = listed.source_relation
    and customers.customer_id = listed.customer_id
    and customers.currency = listed.currency
where lookup.customer_id is null
    or lookup.is_delinquent <> customers.is_delinquent
    or (customers.is_delinquent and listed.customer_id is null)
    or lookup.balance_amount <> customers.balance_amount
    or lookup.credit_balance_amount
    <> case when customers.balance_amount < 0 then -customers.balance_amount else 0 end
{% endcall %}
