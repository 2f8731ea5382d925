-- The shop's own customers, which have the name of one of the package's models.
select
    account_id,
    stripe_customer_id,
    plan_tier
from {{ ref('accounts') }}
