{{ config(materialized=built_as('table')) }}

-- Disputes twice: by their own date and, as cohort, by that of the charge, both in
-- their currency.
with

disputes as (

    select * from {{ rows_of(
        'disputes', 'fct_disputes', string=['source_relation', 'charge_id', 'currency'],
        integer=['dispute_count'], numeric=['dispute_amount'], boolean=['is_counted'],
        date=['reporting_date', 'charge_reporting_date'],
    ) }}

),

dated as (

    select
        source_relation,
        reporting_date,
        currency,
        dispute_count,
        dispute_amount,
        cast(null as {{ text() }}) as disputed_charge_id,
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
        case when is_counted then charge_id end as disputed_charge_id,
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
        count(distinct disputed_charge_id) as disputed_charge_count,
        sum(cohort_dispute_count) as cohort_dispute_count,
        sum(cohort_dispute_amount) as cohort_dispute_amount
    from dated
    group by source_relation, reporting_date, currency

)

select * from final
