-- What moved of each customer on a day, where it is converted: no rows without a
-- reporting currency. Charges and refunds without an amount are left out: their zeros
-- of net volume would stand for one that nobody knows.
with

charges as (

    select * from {{ ref('fct_charges') }}
    where customer_id is not null
        and gross_amount <> 0
        and {{ has_reporting_currency() }}

),

refunds as (

    select * from {{ ref('fct_refunds') }}
    where customer_id is not null
        and is_counted
        and refund_amount <> 0
        and {{ has_reporting_currency() }}

),

transactions as (

    select * from {{ rows_of(
        'balances', 'fct_balance_transactions',
        string=['source_relation', 'customer_id', 'currency'],
        numeric=['fee_amount', 'net_amount'], boolean=['is_net_volume'],
        date=['reporting_date'],
    ) }}
    where customer_id is not null
        and is_net_volume
        and {{ has_reporting_currency() }}

),

flows as (

    select
        source_relation,
        customer_id,
        currency,
        gross_amount,
        gross_amount * 0 as refund_amount,
        cast(0 as {{ exact() }}) as net_volume_amount,
        cast(0 as {{ exact() }}) as fee_amount,
        reporting_date
    from charges

    union all

    select
        source_relation,
        customer_id,
        currency,
        refund_amount * 0 as gross_amount,
        refund_amount,
        cast(0 as {{ exact() }}) as net_volume_amount,
        cast(0 as {{ exact() }}) as fee_amount,
        reporting_date
    from refunds

    union all

    select
        source_relation,
        customer_id,
        currency,
        net_amount * 0 as gross_amount,
        net_amount * 0 as refund_amount,
        net_amount as net_volume_amount,
        fee_amount,
        reporting_date
    from transactions

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        sum(gross_amount) as gross_amount,
        sum(refund_amount) as refund_amount,
        sum(net_volume_amount) as net_volume_amount,
        sum(fee_amount) as fee_amount,
        reporting_date
    from flows
    group by source_relation, customer_id, currency, reporting_date

)

select * from final
