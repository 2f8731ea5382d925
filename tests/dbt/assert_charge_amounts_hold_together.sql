-- What a charge captured, gave back and has left, row by row, against its refunds.
with

refunds as (

    select
        source_relation,
        charge_id,
        sum(refund_amount) as refunded_amount,
        sum(case when refund_amount <> 0 then 1 else 0 end) as refund_count
    from {{ ref('fct_refunds') }}
    group by
        source_relation,
        charge_id

)

select
    charges.source_relation,
    charges.charge_id,
    charges.currency,
    charges.gross_amount,
    charges.refunded_amount,
    charges.net_amount,
    refunds.refunded_amount as amount_of_refunds
from {{ ref('fct_charges') }} as charges
left join refunds
    on charges.source_relation = refunds.source_relation
    and charges.charge_id = refunds.charge_id
where charges.net_amount <> charges.gross_amount - charges.refunded_amount
    or charges.refunded_amount <> coalesce(refunds.refunded_amount, 0)
    or charges.refund_count <> coalesce(refunds.refund_count, 0)
    or (not charges.is_gross and charges.gross_amount <> 0)
    or (charges.is_gross and charges.attempted_amount > 0 and charges.gross_amount = 0)
