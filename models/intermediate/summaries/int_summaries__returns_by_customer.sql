{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

-- Refunds and disputes of each customer's charges, in their own currency.
with

refunds as (

    select * from {{ touched('fct_refunds') }}
    where is_counted

),

disputes as (

    select * from {{ rows_of(
        'disputes', 'fct_disputes', is_touched=true,
        string=['source_relation', 'customer_id', 'currency'],
        integer=['dispute_count'], numeric=['dispute_amount'], boolean=['is_counted'],
    ) }}
    where is_counted

),

returned as (

    select
        source_relation,
        customer_id,
        currency,
        refund_count,
        refund_amount,
        0 as dispute_count,
        refund_amount * 0 as dispute_amount
    from refunds

    union all

    select
        source_relation,
        customer_id,
        currency,
        0 as refund_count,
        dispute_amount * 0 as refund_amount,
        dispute_count,
        dispute_amount
    from disputes

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refund_amount,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount
    from returned
    where customer_id is not null
        and currency is not null
    group by source_relation, customer_id, currency

)

select * from final
