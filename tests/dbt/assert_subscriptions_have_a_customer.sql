{{ config(severity='warn', tags=['recurring_revenue']) }}

-- Movements are per customer, so these are in no figure of recurring revenue.
select
    source_relation,
    subscription_id,
    status,
    currency,
    mrr_amount
from {{ ref('fct_subscriptions') }}
where customer_id is null
