{{ config(severity='warn') }}

-- Charges, refunds and invoices that were left out for being dated after the as-of day.
-- Expected when as_of lies in the past; else look at the unit of their timestamps.
{% call if_built() %}
with

charges as (

    select
        source_relation,
        'charge' as object_type,
        charge_id as object_id,
        created_at
    from {{ ref('stg_stripe__charges') }}

),

refunds as (

    select
        source_relation,
        'refund' as object_type,
        refund_id as object_id,
        created_at
    from {{ ref('int_payments__refunds_classified') }}

),

disputes as (

    select
        source_relation,
        'dispute' as object_type,
        dispute_id as object_id,
        created_at
    from {{ ref('stg_stripe__disputes') }}

),

invoices as (

    select
        source_relation,
        'invoice' as object_type,
        invoice_id as object_id,
        created_at
    from {{ ref('stg_stripe__invoices') }}

),

dated as (

    select * from charges
    union all
    select * from refunds
    union all
    select * from disputes
    union all
    select * from invoices

)

select *
from dated
where {{ reporting_date('created_at') }} > {{ as_of_date() }}
{% endcall %}
