{{ config(severity='warn') }}

-- Disputes that brought money when they were withdrawn, or took it when reinstated.
select
    source_relation,
    dispute_id,
    charge_id,
    settlement_currency,
    withdrawn_amount,
    reinstated_amount
from {{ ref('fct_disputes') }}
where withdrawn_amount < 0
    or reinstated_amount < 0
