{{ config(materialized=by_object('table'), meta={'object': 'charge_id'}) }}

with

charges as (

    select * from {{ touched('fct_charges') }}

),

final as (

    select
        source_relation,
        charge_id,
        invoice_id,
        customer_id,
        currency,
        failure_category,
        failure_code,
        failure_message,
        status,
        attempted_amount as amount,
        gross_amount,
        failed_amount,
        refunded_amount as refund_amount,
        net_amount,
        dispute_count,
        refund_count,
        days_to_payment,
        days_to_sync,
        refund_count > 0 as has_refund,
        reporting_date,
        created_at
    from charges
    where invoice_id is not null

)

select * from final
