{#
    An invoice's status; where Stripe had no such field yet, what its older flags say.
    `invoices` names staged invoices.
#}
{% macro invoice_status(invoices) %}
coalesce(
    lower(trim({{ invoices }}.status)),
    case
        when {{ invoices }}.is_paid then 'paid'
        when {{ invoices }}.is_forgiven then 'uncollectible'
        when {{ invoices }}.is_closed then 'void'
        when {{ invoices }}.is_attempted then 'open'
        else 'draft'
    end
)
{%- endmacro %}
