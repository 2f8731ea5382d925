{{ config(severity='warn') }}

-- Stripe refunds and disputes a charge in its own currency: a row in another is in no
-- amount of the charge.
{% call if_built() %}
select
    'refund' as object,
    refunds.source_relation,
    refunds.refund_id as object_id,
    refunds.currency,
    charges.charge_id,
    charges.currency as charge_currency
from {{ ref('fct_refunds') }} as refunds
inner join {{ ref('fct_charges') }} as charges
    on refunds.source_relation = charges.source_relation
    and refunds.charge_id = charges.charge_id
    and refunds.currency <> charges.currency

union all

select
    'dispute' as object,
    disputes.source_relation,
    disputes.dispute_id as object_id,
    disputes.currency,
    charges.charge_id,
    charges.currency as charge_currency
from {{ ref('fct_disputes') }} as disputes
inner join {{ ref('fct_charges') }} as charges
    on disputes.source_relation = charges.source_relation
    and disputes.charge_id = charges.charge_id
    and disputes.currency <> charges.currency
{% endcall %}
