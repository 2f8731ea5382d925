{# The order of a key's versions, best first, over staged columns. #}
{% macro version_order(columns) %}
    {%- set terms = ['received_at desc nulls last', 'loaded_at desc nulls last'] -%}
    {%- for name, spec in columns.items() if name not in ('received_at', 'loaded_at') -%}
        {%- set is_text = spec[0] in ('string', 'currency', 'personal', 'movement') -%}
        {%- do terms.append(
            (segment_stripe.binary_order(name) if is_text else name)
            ~ ' desc nulls last'
        ) -%}
    {%- endfor -%}
    {{ return(terms | join(', ')) }}
{% endmacro %}
