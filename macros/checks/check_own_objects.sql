{#
    One sentence where own_objects is no mapping, names a relation that is not there, or
    is not what its models were written from.
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
        {%- if relation.split('.') | length in (2, 3)
            and not segment_stripe.named_relation(relation) -%}
            {%- do exceptions.raise_compiler_error(
                'own_objects.' ~ name ~ ' names ' ~ relation ~ ', which does not '
                ~ 'exist: create it, or take the object out.'
            ) -%}
        {%- endif -%}
        {%- do segment_stripe.check_own_model(name, object) -%}
    {%- endfor -%}
{% endmacro %}
