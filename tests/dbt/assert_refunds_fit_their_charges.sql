{{ config(severity='warn') }}

-- Refunds in another currency than their charge, or made before it.
{% call if_built() %}
select
    refunds.source_relation,
    refunds.refund_id,
    refunds.charge_id,
    refunds.currency,
    charges.currency as charge_currency,
    refunds.created_at,
    charges.created_at as charge_created_at
from {{ ref('fct_refunds') }} as refunds
inner join {{ ref('fct_charges') }} as charges
    on refunds.source_relation = charges.source_relation
    and refunds.charge_id = charges.charge_id
where refunds.currency <> charges.currency
    or refunds.created_at < charges.created_at
{% endcall %}
