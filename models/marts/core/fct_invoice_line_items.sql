{{ config(
    materialized=by_object('table'), meta={'object': 'invoice_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

lines as (

    select * from {{ touched('stg_stripe__invoice_lines') }}

),

invoices as (

    select * from {{ touched('fct_invoices') }}

),

plans as (

    select * from {{ ref('stg_stripe__plans') }}

),

products as (

    select * from {{ ref('stg_stripe__products') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

final as (

    select
        lines.source_relation,
        lines.invoice_line_id,
        lines.invoice_id,
        invoices.customer_id,
        lines.item_id,
        lines.plan_id,
        plans.product_id,
        lines.subscription_id,
        coalesce(lines.currency, invoices.currency) as currency,
        lines.description,
        invoices.status as invoice_status,
        coalesce(plans.nickname, plans.name) as plan_name,
        products.name as product_name,
        lines.tax_rates,
        lines.type,
        {{ major_units('lines.amount_minor') }} as amount,
        lines.quantity,
        lines.is_discountable,
        coalesce(lines.is_proration, false) as is_proration,
        invoices.reporting_date,
        invoices.reporting_week,
        invoices.reporting_month,
        lines.period_start_at,
        lines.period_end_at
    from lines
    inner join invoices
        on lines.source_relation = invoices.source_relation
        and lines.invoice_id = invoices.invoice_id
    left join plans
        on lines.source_relation = plans.source_relation
        and lines.plan_id = plans.plan_id
    left join products
        on plans.source_relation = products.source_relation
        and plans.product_id = products.product_id
    left join currencies
        on coalesce(lines.currency, invoices.currency) = currencies.currency

)

select * from final
