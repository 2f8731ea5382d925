{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

-- The charges of each customer summed, per currency.
with

charges as (

    select * from {{ touched('fct_charges') }}

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        count(*) as attempted_charge_count,
        sum(attempted_amount) as attempted_charge_amount,
        sum(case when is_gross then 1 else 0 end) as gross_charge_count,
        sum(gross_amount) as gross_charge_amount,
        sum(case when is_failed then 1 else 0 end) as failed_charge_count,
        sum(failed_amount) as failed_charge_amount,
        sum(case when is_pending then 1 else 0 end) as pending_charge_count,
        sum(pending_amount) as pending_charge_amount,
        min(reporting_date) as first_charge_date,
        max(reporting_date) as last_charge_date,
        min(created_at) as first_charge_at,
        max(created_at) as last_charge_at
    from charges
    where customer_id is not null
        and currency is not null
    group by source_relation, customer_id, currency

)

select * from final
