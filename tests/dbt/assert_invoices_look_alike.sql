-- The invoice lookups show what fct_invoices says, column by column.
-- noqa: disable=LT02
{% call if_built() %}
{%- set lookups = {
    'invoice_lookup': [
        'status', 'subtotal', 'tax', 'discount', 'total', 'amount_due', 'amount_paid',
        'amount_remaining', 'outstanding_amount', 'starting_balance', 'ending_balance',
        'gross_amount', 'net_amount', 'failed_amount', 'refund_amount',
        'attempt_count', 'charge_count', 'failed_charge_count', 'days_to_payment',
        'days_past_due', 'is_paid', 'is_past_due', 'created_date',
        'effective_due_date', 'paid_date',
    ],
    'customer_lookup_invoices': [
        'customer_id', 'status', 'attempt_count', 'total', 'amount_due', 'amount_paid',
        'amount_remaining', 'outstanding_amount', 'gross_amount', 'refund_amount',
        'days_past_due', 'is_paid', 'is_past_due', 'created_date',
        'effective_due_date', 'paid_date',
    ],
} %}
with

differing as (

    {%- for lookup, columns in lookups.items() %}
        select
            facts.source_relation,
            '{{ lookup }}' as mart,
            facts.invoice_id
        from {{ touched('fct_invoices') }} as facts
        inner join {{ touched(lookup) }} as shown
            on facts.source_relation = shown.source_relation
            and facts.invoice_id = shown.invoice_id
        where
        {%- for column in columns %}
                facts.{{ column }} <> shown.{{ column }}
                or (facts.{{ column }} is null) <> (shown.{{ column }} is null)
                {{ 'or' if not loop.last }}
        {%- endfor %}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

)

select * from differing
{% endcall %}
