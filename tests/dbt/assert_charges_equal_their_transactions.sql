{{ config(severity='warn') }}

-- Charges whose gross is not what their own balance transactions hold, less the
-- reversal of a partial capture and of a payment that failed, by id; in the charge's
-- currency.
{% call if_built() %}
with

transactions as (

    select
        source_relation,
        charge_id,
        currency,
        sum(transaction_amount) as balance_amount
    from {{ ref('fct_balance_transactions') }}
    where reporting_category in ('charge', 'charge_failure', 'partial_capture_reversal')
    group by
        source_relation,
        charge_id,
        currency

),

facts as (

    select * from {{ ref('fct_charges') }}

)

select
    facts.source_relation,
    facts.charge_id,
    facts.currency,
    facts.status,
    facts.gross_amount,
    transactions.balance_amount,
    facts.gross_amount - transactions.balance_amount as difference
from facts
inner join transactions
    on facts.source_relation = transactions.source_relation
    and facts.charge_id = transactions.charge_id
    and facts.currency = transactions.currency
where facts.gross_amount <> transactions.balance_amount
{% endcall %}
