{{ config(severity='warn') }}

-- Customers without a creation date: they are in dim_customers, and no day counts them.
select
    source_relation,
    count(*) as customer_count,
    min(customer_id) as first_customer_id
from {{ ref('dim_customers') }}
where created_date is null
group by source_relation
