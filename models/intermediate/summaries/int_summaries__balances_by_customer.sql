{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

-- Net volume and fees of each customer, per settlement currency.
with

balance_transactions as (

    select * from {{ rows_of(
        'balances', 'fct_balance_transactions', is_touched=true,
        string=['source_relation', 'customer_id', 'currency'],
        numeric=['fee_amount', 'net_amount'], boolean=['is_net_volume'],
    ) }}

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        sum(net_amount) as net_volume_amount,
        sum(fee_amount) as fee_amount
    from balance_transactions
    where is_net_volume
        and customer_id is not null
        and currency is not null
    group by source_relation, customer_id, currency

)

select * from final
