{{ config(
    materialized=by_object('table'), meta={'object': 'invoice_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

shared as (

    select * from {{ touched('int_receivables__taxes_shared') }}
    where tax_minor <> 0
        or taxable_minor <> 0

),

invoices as (

    select * from {{ touched('fct_invoices') }}

),

tax_rates as (

    select * from {{ ref('stg_stripe__tax_rates') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

final as (

    select
        shared.source_relation,
        shared.invoice_id,
        shared.tax_rate_id,
        invoices.customer_id,
        tax_rates.country,
        invoices.currency,
        tax_rates.display_name,
        tax_rates.jurisdiction,
        tax_rates.state,
        tax_rates.tax_type,
        tax_rates.percentage,
        {{ major_units('shared.taxable_minor') }} as taxable_amount,
        {{ major_units('shared.tax_minor') }} as tax_amount,
        tax_rates.is_inclusive,
        invoices.reporting_date,
        invoices.reporting_week,
        invoices.reporting_month
    from shared
    inner join invoices
        on shared.source_relation = invoices.source_relation
        and shared.invoice_id = invoices.invoice_id
    inner join currencies
        on invoices.currency = currencies.currency
    left join tax_rates
        on shared.source_relation = tax_rates.source_relation
        and shared.tax_rate_id = tax_rates.tax_rate_id

)

select * from final
