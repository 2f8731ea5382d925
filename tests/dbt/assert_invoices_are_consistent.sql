{{ config(severity='warn') }}

-- Invoices that contradict themselves: paid with something remaining, a flag against
-- the status, a total that its parts do not make, or due before they were made.
{% call if_built() %}
with

invoices as (

    select
        facts.*,
        staged.is_paid as is_flagged_paid,
        lower(trim(staged.status)) = 'paid' as is_said_paid
    from {{ ref('fct_invoices') }} as facts
    inner join {{ ref('stg_stripe__invoices') }} as staged
        on facts.source_relation = staged.source_relation
        and facts.invoice_id = staged.invoice_id

)

select
    source_relation,
    invoice_id,
    currency,
    status,
    is_flagged_paid,
    subtotal,
    tax,
    exclusive_tax,
    discount,
    total,
    amount_remaining,
    created_date,
    effective_due_date
from invoices
where (is_paid and amount_remaining <> 0)
    or is_flagged_paid <> is_said_paid
    or total <> subtotal + exclusive_tax - discount
    or effective_due_date < created_date
{% endcall %}
