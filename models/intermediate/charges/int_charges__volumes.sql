{{ config(materialized=by_object('view')) }}

-- Fee and net of what moved the balance for each charge: payment, failure, refunds and
-- disputes.
with

transactions as (

    select * from {{ rows_of(
        'balances', 'fct_balance_transactions', is_touched=true,
        string=['source_relation', 'charge_id', 'currency'],
        numeric=['fee_amount', 'net_amount'], boolean=['is_net_volume'],
    ) }}
    where is_net_volume
        and charge_id is not null

),

summed as (

    select
        source_relation,
        charge_id,
        min(currency) as first_currency,
        max(currency) as last_currency,
        sum(fee_amount) as fee_amount,
        sum(net_amount) as net_volume_amount
    from transactions
    group by source_relation, charge_id

),

final as (

    -- Currencies are never summed together.
    select
        source_relation,
        charge_id,
        case when first_currency = last_currency then first_currency end
            as settlement_currency,
        cast(
            case when first_currency = last_currency then fee_amount end
            as {{ exact() }}
        ) as fee_amount,
        cast(
            case when first_currency = last_currency then net_volume_amount end
            as {{ exact() }}
        ) as net_volume_amount
    from summed

)

select * from final
