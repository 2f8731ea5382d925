{{ config(severity='warn') }}

-- Invoices whose lines do not sum to their subtotal, by id, where all are in one
-- currency and at least one line is delivered.
{% call if_built() %}
with

lines as (

    select
        source_relation,
        invoice_id,
        min(currency) as currency,
        sum(amount) as line_amount,
        count(*) as line_count
    from {{ ref('fct_invoice_line_items') }}
    group by
        source_relation,
        invoice_id
    having count(distinct currency) = 1

)

select
    invoices.source_relation,
    invoices.invoice_id,
    invoices.currency,
    invoices.status,
    invoices.subtotal,
    lines.line_amount,
    lines.line_count
from {{ ref('fct_invoices') }} as invoices
inner join lines
    on invoices.source_relation = lines.source_relation
    and invoices.invoice_id = lines.invoice_id
    and invoices.currency = lines.currency
where invoices.subtotal <> lines.line_amount
{% endcall %}
