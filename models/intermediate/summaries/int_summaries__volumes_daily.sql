{{ config(materialized=built_as('table')) }}

-- Net volume by the day of the balance transactions, in settlement currency.
with

transactions as (

    select * from {{ rows_of(
        'balances', 'fct_balance_transactions', string=['source_relation', 'currency'],
        numeric=['fee_amount', 'net_amount'], boolean=['is_net_volume'],
        date=['reporting_date'],
    ) }}
    where is_net_volume

),

final as (

    select
        source_relation,
        reporting_date,
        currency,
        sum(fee_amount) as fee_amount,
        sum(net_amount) as net_volume_amount
    from transactions
    group by source_relation, reporting_date, currency

)

select * from final
