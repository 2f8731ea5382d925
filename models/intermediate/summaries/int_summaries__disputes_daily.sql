{{ config(materialized='table') }}

-- Disputes twice: by their own date and, as cohort, by that of the charge.
with

disputes as (

    select * from {{ ref('fct_disputes') }}

),

dated as (

    select
        source_relation,
        reporting_date,
        currency,
        dispute_count,
        dispute_amount,
        0 as cohort_dispute_count,
        dispute_amount * 0 as cohort_dispute_amount
    from disputes

    union all

    select
        source_relation,
        charge_reporting_date as reporting_date,
        currency,
        0 as dispute_count,
        dispute_amount * 0 as dispute_amount,
        dispute_count as cohort_dispute_count,
        dispute_amount as cohort_dispute_amount
    from disputes
    where charge_reporting_date is not null

),

final as (

    select
        source_relation,
        reporting_date,
        currency,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount,
        sum(cohort_dispute_count) as cohort_dispute_count,
        sum(cohort_dispute_amount) as cohort_dispute_amount
    from dated
    group by source_relation, reporting_date, currency

)

select * from final
