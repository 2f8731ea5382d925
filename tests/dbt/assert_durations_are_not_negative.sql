-- Charges that came before they were asked for, or money before its charge.
select
    source_relation,
    charge_id,
    days_to_payment,
    days_to_settlement,
    days_to_fulfillment,
    created_at
from {{ ref('fct_charges') }}
where days_to_payment < 0
    or days_to_settlement < 0
    or days_to_fulfillment < 0
