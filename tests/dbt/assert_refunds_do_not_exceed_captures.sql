{{ config(severity='warn') }}

-- Charges of which more was refunded than captured, by id.
select
    source_relation,
    charge_id,
    currency,
    gross_amount,
    refunded_amount
from {{ ref('fct_charges') }}
where refunded_amount > gross_amount
