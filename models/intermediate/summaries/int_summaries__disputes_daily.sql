{{ config(materialized='table') }}

-- Disputes twice: by their own date and, as cohort, by date and currency of the charge.
with

disputes as (

    select * from {{ ref('fct_disputes') }}

),

charges as (

    select * from {{ ref('fct_charges') }}

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
        reporting_date,
        currency,
        0 as dispute_count,
        disputed_amount * 0 as dispute_amount,
        dispute_count as cohort_dispute_count,
        disputed_amount as cohort_dispute_amount
    from charges
    where dispute_count > 0

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
