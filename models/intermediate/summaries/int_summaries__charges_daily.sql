{{ config(materialized=built_as('table')) }}

-- Charges summed by the day on which they were made.
with

charges as (

    select * from {{ ref('fct_charges') }}

),

final as (

    select
        source_relation,
        reporting_date,
        currency,
        count(*) as attempted_charge_count,
        sum(attempted_amount) as attempted_charge_amount,
        sum(case when is_succeeded then 1 else 0 end) as succeeded_charge_count,
        sum(case when is_gross then 1 else 0 end) as gross_charge_count,
        sum(gross_amount) as gross_charge_amount,
        sum(case when is_failed then 1 else 0 end) as failed_charge_count,
        sum(failed_amount) as failed_charge_amount,
        sum(case when is_pending then 1 else 0 end) as pending_charge_count,
        sum(pending_amount) as pending_charge_amount,
        sum(days_to_payment) as days_to_payment_total,
        sum(days_to_sync) as days_to_sync_total
    from charges
    group by source_relation, reporting_date, currency

)

select * from final
