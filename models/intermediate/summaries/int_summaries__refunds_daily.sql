{{ config(materialized=built_as('table')) }}

-- Refunds twice: by their own date and by that of the charge, both in their currency.
with

refunds as (

    select * from {{ ref('fct_refunds') }}

),

dated as (

    select
        source_relation,
        reporting_date,
        currency,
        refund_count,
        refund_amount,
        cast(null as {{ text() }}) as refunded_charge_id,
        refund_amount * 0 as refunded_charge_amount
    from refunds

    union all

    select
        source_relation,
        charge_reporting_date as reporting_date,
        currency,
        0 as refund_count,
        refund_amount * 0 as refund_amount,
        case when is_counted then charge_id end as refunded_charge_id,
        refund_amount as refunded_charge_amount
    from refunds
    where charge_reporting_date is not null

),

final as (

    select
        source_relation,
        reporting_date,
        currency,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refund_amount,
        count(distinct refunded_charge_id) as refunded_charge_count,
        sum(refunded_charge_amount) as refunded_charge_amount
    from dated
    group by source_relation, reporting_date, currency

)

select * from final
