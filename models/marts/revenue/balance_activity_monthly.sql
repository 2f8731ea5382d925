with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}

),

final as (

    select
        source_relation,
        currency,
        reporting_category,
        cast(count(*) as {{ dbt.type_bigint() }}) as transaction_count,
        cast(sum(transaction_amount) as {{ exact() }}) as gross_amount,
        cast(sum(fee_amount) as {{ exact() }}) as fee_amount,
        cast(sum(net_amount) as {{ exact() }}) as net_amount,
        is_net_volume,
        is_payout,
        reporting_month
    from transactions
    where currency is not null
    group by
        source_relation,
        currency,
        reporting_category,
        is_net_volume,
        is_payout,
        reporting_month

)

select * from final
