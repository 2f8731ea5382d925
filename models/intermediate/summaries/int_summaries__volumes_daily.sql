{{ config(materialized='table') }}

-- Net volume by the day of the balance transactions, in settlement currency.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}
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
