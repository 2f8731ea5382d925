-- Fees, net volume and disputes of charges against the facts that they come from. Of a
-- dispute in another currency the charge has the count alone.
{% call if_built() %}
with

transactions as (

    select
        source_relation,
        charge_id,
        max(currency) as currency,
        sum(fee_amount) as fee_amount,
        sum(net_amount) as net_amount
    from {{ touched('fct_balance_transactions') }}
    where is_net_volume
    group by
        source_relation,
        charge_id
    having count(distinct currency) = 1

),

disputes as (

    select
        disputes.source_relation,
        disputes.charge_id,
        sum(case when substr(disputes.status, 1, 8) = 'warning_' then 0 else 1 end)
            as dispute_count,
        sum(
            case
                when substr(disputes.status, 1, 8) = 'warning_'
                    or coalesce(disputes.currency <> charges.currency, true)
                    then 0
                else disputes.disputed_amount
            end
        ) as disputed_amount
    from {{ touched('fct_disputes') }} as disputes
    inner join {{ touched('fct_charges') }} as charges
        on disputes.source_relation = charges.source_relation
        and disputes.charge_id = charges.charge_id
    group by
        disputes.source_relation,
        disputes.charge_id

)

select
    charges.source_relation,
    charges.charge_id,
    charges.currency,
    charges.fee_amount,
    transactions.fee_amount as balance_fee_amount,
    charges.net_volume_amount,
    transactions.net_amount as balance_net_amount,
    charges.dispute_count,
    disputes.dispute_count as count_of_disputes
from {{ touched('fct_charges') }} as charges
left join transactions
    on charges.source_relation = transactions.source_relation
    and charges.charge_id = transactions.charge_id
left join disputes
    on charges.source_relation = disputes.source_relation
    and charges.charge_id = disputes.charge_id
where (charges.net_volume_amount is null and transactions.net_amount is not null)
    or (charges.fee_amount is null and transactions.fee_amount is not null)
    or charges.fee_amount <> coalesce(transactions.fee_amount, 0)
    or charges.net_volume_amount <> coalesce(transactions.net_amount, 0)
    or charges.settlement_currency <> transactions.currency
    or charges.dispute_count <> coalesce(disputes.dispute_count, 0)
    or charges.disputed_amount <> coalesce(disputes.disputed_amount, 0)
{% endcall %}
