{#
    One sentence where own_objects is no mapping, names a relation that is not there or
    lacks a column, or is not what its models were written from.
#}
{% macro check_own_objects() %}
    {%- set objects = segment_stripe.setting('own_objects') or {} -%}
    {%- if objects is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects is not a mapping: list what is yours by a name of its own, '
            ~ 'crm: {model: accounts, key: customer, key_column: customer_id, '
            ~ 'rows: one, columns: [owner]}.'
        ) -%}
    {%- endif -%}
    {%- for name, object in objects.items() -%}
        {%- set relation = (object.relation or '') | string -%}
        {%- if relation.split('.') | length in (2, 3) -%}
            {%- set named = segment_stripe.named_relation(relation) -%}
            {%- if not named -%}
                {%- do exceptions.raise_compiler_error(
                    'own_objects.' ~ name ~ ' names ' ~ relation ~ ', which does not '
                    ~ 'exist: create it, or take the object out.'
                ) -%}
            {%- endif -%}
            {%- set raw = segment_stripe.own_relation(name, object, named) -%}
            {%- do segment_stripe.own_source(name, object, raw) -%}
            {%- for own in segment_stripe.own_entries(name, object) -%}
                {%- do segment_stripe.passthrough_column(raw, own.alias, own) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do segment_stripe.check_own_model(name, object) -%}
    {%- endfor -%}
{% endmacro %}
