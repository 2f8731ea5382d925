-- Charges, refunds and invoices dated after the year 2200: milliseconds, read as
-- seconds. The test hangs on the last mart, so that all others are built.
-- depends_on: {{ ref('executive_summary_monthly') }}
with

charges as (

    select
        source_relation,
        charge_id as row_id,
        created_at
    from {{ ref('stg_stripe__charges') }}

),

refunds as (

    select
        source_relation,
        refund_id as row_id,
        created_at
    from {{ ref('stg_stripe__refunds') }}

),

invoices as (

    select
        source_relation,
        invoice_id as row_id,
        created_at
    from {{ ref('stg_stripe__invoices') }}

),

dated as (

    select * from charges
    union all
    select * from refunds
    union all
    select * from invoices

)

select * from dated
where created_at >= cast('2200-01-01' as timestamp)
