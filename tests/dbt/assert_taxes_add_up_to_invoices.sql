-- The tax of an issued invoice, and what of it stands under rates and as unknown. Of an
-- unknown currency no amount is known.
{% call if_built() %}
with

invoices as (

    select
        source_relation,
        invoice_id,
        tax
    from {{ ref('fct_invoices') }}
    where status not in ('draft', 'void')

),

taxes as (

    select
        source_relation,
        invoice_id,
        sum(tax_amount) as tax_amount
    from {{ ref('fct_invoice_taxes') }}
    group by source_relation, invoice_id

)

select
    coalesce(invoices.source_relation, taxes.source_relation) as source_relation,
    coalesce(invoices.invoice_id, taxes.invoice_id) as invoice_id,
    invoices.tax,
    taxes.tax_amount
from invoices
full outer join taxes
    on invoices.source_relation = taxes.source_relation
    and invoices.invoice_id = taxes.invoice_id
where coalesce(invoices.tax, 0) <> coalesce(taxes.tax_amount, 0)
{% endcall %}
