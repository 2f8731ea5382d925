{{ config(severity='warn') }}

-- Charges captured at another amount than reached the balance in the same currency:
-- their own transaction and the reversal of what was not captured.
{% call if_built() %}
with

charges as (

    select * from {{ ref('fct_charges') }}

),

transactions as (

    select * from {{ ref('stg_stripe__balance_transactions') }}
    where {{ is_by_as_of('created_at') }}

),

releases as (

    select
        refunds.source_relation,
        refunds.charge_id,
        sum(transactions.amount_minor) as amount_minor
    from {{ ref('fct_refunds') }} as refunds
    inner join transactions
        on refunds.source_relation = transactions.source_relation
        and refunds.balance_transaction_id = transactions.balance_transaction_id
    where refunds.is_release
    group by
        refunds.source_relation,
        refunds.charge_id

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

)

select
    charges.source_relation,
    charges.charge_id,
    charges.currency,
    charges.gross_amount,
    transactions.amount_minor,
    releases.amount_minor as released_amount_minor
from charges
inner join transactions
    on charges.source_relation = transactions.source_relation
    and charges.balance_transaction_id = transactions.balance_transaction_id
    and charges.currency = transactions.currency
inner join currencies
    on charges.currency = currencies.currency
left join releases
    on charges.source_relation = releases.source_relation
    and charges.charge_id = releases.charge_id
where charges.is_gross
    and charges.gross_amount
    <> {{ major_units(
        '(transactions.amount_minor + coalesce(releases.amount_minor, 0))'
    ) }}
{% endcall %}
