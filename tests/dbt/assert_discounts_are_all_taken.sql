{{ config(severity='warn', tags=['recurring_revenue']) }}

-- Discounts of one subscription beyond those that are taken one after the other.
select
    basis,
    source_relation,
    subscription_id,
    discount_id,
    discount_rank,
    reporting_month
from {{ ref('int_subscriptions__discounts_applied') }}
where discount_rank > {{ most_discounts() }}
