-- What disputes say of the balance is what its transactions say, per currency; and what
-- charges say of their disputes is what these say.
with

movements as (

    select
        source_relation,
        dispute_id,
        currency,
        sum(
            case
                when reporting_category = 'dispute' then -transaction_amount
                else 0
            end
        ) as withdrawn_amount,
        sum(
            case
                when reporting_category = 'dispute_reversal' then transaction_amount
                else 0
            end
        ) as reinstated_amount
    from {{ ref('fct_balance_transactions') }}
    where reporting_category in ('dispute', 'dispute_reversal')
        and dispute_id is not null
    group by
        source_relation,
        dispute_id,
        currency

),

disputes as (

    select * from {{ ref('fct_disputes') }}

),

disputed as (

    select
        source_relation,
        charge_id,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as disputed_amount
    from disputes
    group by
        source_relation,
        charge_id

)

select
    movements.source_relation,
    movements.dispute_id as object_id,
    movements.withdrawn_amount - disputes.withdrawn_amount as withdrawn_difference,
    movements.reinstated_amount - disputes.reinstated_amount as other_difference
from movements
inner join disputes
    on movements.source_relation = disputes.source_relation
    and movements.dispute_id = disputes.dispute_id
where disputes.settlement_currency = movements.currency
    and (
        movements.withdrawn_amount > disputes.withdrawn_amount
        or movements.reinstated_amount > disputes.reinstated_amount
    )

union all

select
    charges.source_relation,
    charges.charge_id as object_id,
    charges.disputed_amount - coalesce(disputed.disputed_amount, 0)
        as withdrawn_difference,
    charges.dispute_count - coalesce(disputed.dispute_count, 0) as other_difference
from {{ ref('fct_charges') }} as charges
left join disputed
    on charges.source_relation = disputed.source_relation
    and charges.charge_id = disputed.charge_id
where charges.disputed_amount <> coalesce(disputed.disputed_amount, 0)
    or charges.dispute_count <> coalesce(disputed.dispute_count, 0)
