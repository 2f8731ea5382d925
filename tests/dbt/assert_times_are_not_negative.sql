{{ config(severity='warn') }}

-- Charges whose money was available, or of which Segment heard, before they were made.
select
    source_relation,
    charge_id,
    days_to_payment,
    days_to_settlement,
    days_to_fulfillment,
    days_to_sync
from {{ ref('fct_charges') }}
where days_to_payment < 0
    or days_to_settlement < 0
    or days_to_fulfillment < 0
    or days_to_sync < 0
