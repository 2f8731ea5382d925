-- What each customer brought in each currency, from all facts.
{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('dim_customers') }}

),

charges as (

    select * from {{ ref('fct_charges') }}

),

balance_transactions as (

    select * from {{ ref('fct_balance_transactions') }}

),

customer_mrr as (

    select * from {{ ref('fct_customer_mrr') }}

),

amounts as (

    -- Null, not zero, so that a currency nobody knows keeps null amounts.
    select
        source_relation,
        customer_id,
        currency,
        cast(null as numeric(38, 6)) as gross_amount,
        cast(null as numeric(38, 6)) as refund_amount,
        cast(null as numeric(38, 6)) as net_amount,
        cast(null as numeric(38, 6)) as fee_amount,
        cast(null as numeric(38, 6)) as mrr_amount,
        0 as order_count
    from customers
    union all
    select
        source_relation,
        customer_id,
        currency,
        gross_amount,
        refunded_amount as refund_amount,
        null as net_amount,
        null as fee_amount,
        null as mrr_amount,
        case when is_gross then 1 else 0 end as order_count
    from charges
    union all
    select
        source_relation,
        customer_id,
        currency,
        null as gross_amount,
        null as refund_amount,
        net_amount,
        fee_amount,
        null as mrr_amount,
        0 as order_count
    from balance_transactions
    where is_net_volume
    union all
    select
        source_relation,
        customer_id,
        currency,
        null as gross_amount,
        null as refund_amount,
        null as net_amount,
        null as fee_amount,
        mrr_amount,
        0 as order_count
    from customer_mrr
    where reporting_month = {{ first_day_of('month', as_of_date()) }}

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        cast(sum(gross_amount) as numeric(38, 6)) as gross_amount,
        cast(sum(refund_amount) as numeric(38, 6)) as refund_amount,
        cast(sum(net_amount) as numeric(38, 6)) as net_amount,
        cast(sum(fee_amount) as numeric(38, 6)) as fee_amount,
        cast(sum(mrr_amount) as numeric(38, 6)) as mrr_amount,
        cast(sum(order_count) as {{ dbt.type_bigint() }}) as order_count
    from amounts
    where customer_id is not null
        and currency is not null
    group by source_relation, customer_id, currency

)

select * from final
