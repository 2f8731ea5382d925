{{ config(materialized='table') }}

with

refunds as (

    select * from {{ ref('fct_refunds') }}

),

final as (

    select
        source_relation,
        reporting_date,
        currency,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refund_amount
    from refunds
    group by source_relation, reporting_date, currency

)

select * from final
