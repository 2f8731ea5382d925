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
    shown.balance_amount as balance_shown,
    shown.credit_balance_amount as credit_shown
from customers
left join {{ ref('customer_lookup') }} as shown
    on customers.source_relation = shown.source_relation
    and customers.customer_id = shown.customer_id
    and customers.currency = shown.currency
left join {{ ref('finance_operations_delinquent_customers') }} as listed
    on customers.source_relation = listed.source_relation
    and customers.customer_id = listed.customer_id
    and customers.currency = listed.currency
where shown.customer_id is null
    or shown.is_delinquent <> customers.is_delinquent
    or (customers.is_delinquent and listed.customer_id is null)
    or shown.balance_amount <> customers.balance_amount
    or shown.credit_balance_amount
    <> case when customers.balance_amount < 0 then -customers.balance_amount else 0 end
{% endcall %}
