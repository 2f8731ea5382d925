{{ config(severity='warn') }}

-- Disputes of more than their charge, in the same currency, or made before it.
{% call if_built() %}
select
    disputes.source_relation,
    disputes.dispute_id,
    disputes.charge_id,
    disputes.currency,
    disputes.disputed_amount,
    charges.attempted_amount,
    disputes.created_at,
    charges.created_at as charge_created_at
from {{ ref('fct_disputes') }} as disputes
inner join {{ ref('fct_charges') }} as charges
    on disputes.source_relation = charges.source_relation
    and disputes.charge_id = charges.charge_id
where (
    disputes.currency = charges.currency
    and disputes.disputed_amount > charges.attempted_amount
)
or disputes.created_at < charges.created_at
{% endcall %}
