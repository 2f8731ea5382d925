-- Days = customers + what has no customer, per currency.
{% call if_built() %}
with

days as (

    select
        source_relation,
        currency,
        sum(gross_charge_amount) as gross_amount,
        sum(failed_charge_amount) as failed_amount,
        sum(refund_amount) as refund_amount,
        sum(dispute_amount) as dispute_amount,
        sum(net_volume_amount) as net_volume_amount
    from {{ ref('executive_summary_daily') }}
    group by
        source_relation,
        currency

),

customers as (

    select
        source_relation,
        currency,
        gross_charge_amount as gross_amount,
        failed_charge_amount as failed_amount,
        refund_amount,
        dispute_amount,
        net_volume_amount
    from {{ ref('customer_lookup') }}

),

without_customer as (

    select
        source_relation,
        currency,
        gross_amount,
        failed_amount,
        0 as refund_amount,
        0 as dispute_amount,
        0 as net_volume_amount
    from {{ ref('fct_charges') }}
    where customer_id is null

    union all

    select
        source_relation,
        currency,
        0 as gross_amount,
        0 as failed_amount,
        refund_amount,
        0 as dispute_amount,
        0 as net_volume_amount
    from {{ ref('fct_refunds') }}
    where customer_id is null

    union all

    select
        source_relation,
        currency,
        0 as gross_amount,
        0 as failed_amount,
        0 as refund_amount,
        dispute_amount,
        0 as net_volume_amount
    from {{ rows_of(
        'disputes', 'fct_disputes', string=['source_relation', 'currency', 'customer_id'],
        numeric=['dispute_amount'],
    ) }}
    where customer_id is null

    union all

    select
        source_relation,
        currency,
        0 as gross_amount,
        0 as failed_amount,
        0 as refund_amount,
        0 as dispute_amount,
        net_amount as net_volume_amount
    from {{ rows_of(
        'balances', 'fct_balance_transactions',
        string=['source_relation', 'currency', 'customer_id'],
        numeric=['net_amount'], boolean=['is_net_volume'],
    ) }}
    where customer_id is null
        and is_net_volume

),

parts as (

    select * from customers
    union all
    select * from without_customer

),

summed as (

    select
        source_relation,
        currency,
        sum(gross_amount) as gross_amount,
        sum(failed_amount) as failed_amount,
        sum(refund_amount) as refund_amount,
        sum(dispute_amount) as dispute_amount,
        sum(net_volume_amount) as net_volume_amount
    from parts
    group by
        source_relation,
        currency

)

select
    days.source_relation,
    days.currency,
    days.gross_amount - summed.gross_amount as gross_difference,
    days.failed_amount - summed.failed_amount as failed_difference,
    days.refund_amount - summed.refund_amount as refund_difference,
    days.dispute_amount - summed.dispute_amount as dispute_difference,
    days.net_volume_amount - summed.net_volume_amount as net_volume_difference
from days
left join summed
    on days.source_relation = summed.source_relation
    and days.currency = summed.currency
where days.gross_amount <> coalesce(summed.gross_amount, 0)
    or days.failed_amount <> coalesce(summed.failed_amount, 0)
    or days.refund_amount <> coalesce(summed.refund_amount, 0)
    or days.dispute_amount <> coalesce(summed.dispute_amount, 0)
    or days.net_volume_amount <> coalesce(summed.net_volume_amount, 0)
{% endcall %}
