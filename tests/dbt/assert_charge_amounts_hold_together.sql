-- What a charge captured, gave back and has left, row by row, against its refunds. A
-- refund delivered without an amount, or in another currency, is in its count only.
{% call if_built() %}
with

charges as (

    select * from {{ touched('fct_charges') }}

),

refunds as (

    select
        refunds.source_relation,
        refunds.charge_id,
        sum(
            case
                when refunds.currency = charges.currency then refunds.refund_amount
            end
        ) as refunded_amount,
        sum(case when refunds.is_counted then 1 else 0 end) as refund_count
    from {{ touched('fct_refunds') }} as refunds
    inner join charges
        on refunds.source_relation = charges.source_relation
        and refunds.charge_id = charges.charge_id
    group by
        refunds.source_relation,
        refunds.charge_id

),

balances as (

    select
        source_relation,
        charge_id,
        currency,
        sum(transaction_amount) as kept_amount
    from {{ rows_of(
        'balances', 'fct_balance_transactions',
        string=['source_relation', 'charge_id', 'currency', 'reporting_category'],
        numeric=['transaction_amount'],
        is_touched=true,
    ) }}
    where reporting_category in ('charge', 'partial_capture_reversal')
    group by source_relation, charge_id, currency

)

select
    charges.source_relation,
    charges.charge_id,
    charges.currency,
    charges.gross_amount,
    charges.refunded_amount,
    charges.net_amount,
    refunds.refunded_amount as amount_of_refunds
from charges
left join refunds
    on charges.source_relation = refunds.source_relation
    and charges.charge_id = refunds.charge_id
left join balances
    on charges.source_relation = balances.source_relation
    and charges.charge_id = balances.charge_id
    and charges.currency = balances.currency
where charges.net_amount <> charges.gross_amount - charges.refunded_amount
    or charges.refunded_amount <> coalesce(refunds.refunded_amount, 0)
    or charges.refund_count <> coalesce(refunds.refund_count, 0)
    or (not charges.is_gross and charges.gross_amount <> 0)
    or (
        -- Nothing was captured only where Segment delivered that nothing was.
        charges.is_gross
        and charges.attempted_amount > 0
        and charges.gross_amount = 0
        and coalesce(charges.amount_captured_minor, balances.kept_amount, 1) <> 0
    )
{% endcall %}
