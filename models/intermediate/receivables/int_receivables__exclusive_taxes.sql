{{ config(materialized=by_object('view')) }}

-- How much of an invoice's tax comes on top of its prices, where its lines name the
-- rates. A discount is shared out over the lines: total = (subtotal - discount) + tax,
-- so a line after discount is amount x total / (subtotal + tax before discount).
with

invoices as (

    select * from {{ touched('stg_stripe__invoices') }}

),

lines as (

    select * from {{ touched('stg_stripe__invoice_lines') }}

),

tax_rates as (

    select * from {{ ref('int_subscriptions__tax_rates_named') }}

),

taxed as (

    select
        lines.source_relation,
        lines.invoice_id,
        lines.amount_minor,
        tax_rates.is_inclusive,
        case when tax_rates.is_inclusive then 0 else tax_rates.percentage end
            as percentage
    from lines
    inner join tax_rates
        on lines.source_relation = tax_rates.source_relation
        and lines.tax_rates = tax_rates.tax_rates

),

summed as (

    select
        source_relation,
        invoice_id,
        min(case when is_inclusive then 1 else 0 end) = 1 as is_tax_inclusive,
        max(case when is_inclusive then 1 else 0 end) = 0 as is_tax_exclusive,
        sum(amount_minor * percentage) as hundredfold_tax,
        sum(round(amount_minor * percentage * 0.01, 0)) as full_tax_minor
    from taxed
    group by source_relation, invoice_id

),

discounted as (

    select
        summed.source_relation,
        summed.invoice_id,
        sum({{ whole_ratio(
            'taxed.amount_minor * taxed.percentage * invoices.total_minor',
            'invoices.subtotal_minor * 100 + summed.hundredfold_tax'
        ) }}) as discounted_tax_minor
    from summed
    inner join invoices
        on summed.source_relation = invoices.source_relation
        and summed.invoice_id = invoices.invoice_id
    inner join taxed
        on summed.source_relation = taxed.source_relation
        and summed.invoice_id = taxed.invoice_id
    where not summed.is_tax_inclusive
        and not summed.is_tax_exclusive
        and invoices.subtotal_minor + summed.full_tax_minor <> invoices.total_minor
    group by summed.source_relation, summed.invoice_id

),

final as (

    select
        summed.source_relation,
        summed.invoice_id,
        case
            when summed.is_tax_inclusive then 0
            when not summed.is_tax_exclusive
                then coalesce(discounted.discounted_tax_minor, summed.full_tax_minor, 0)
        end as exclusive_tax_minor,
        summed.is_tax_inclusive
    from summed
    left join discounted
        on summed.source_relation = discounted.source_relation
        and summed.invoice_id = discounted.invoice_id

)

select * from final
