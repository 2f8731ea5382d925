{# No source schema has the table: no rows, every column of the right type. #}
{% macro empty_collection(columns, passed) %}
select
    cast(null as {{ segment_stripe.text() }}) as source_relation,
    {% for name, spec in columns.items() -%}
    cast(null as {{ segment_stripe.staged_type(spec[0]) }}) as {{ name }}
    {%- if passed or not loop.last %},{% endif %}
    {% endfor -%}
    {% for alias, own in passed.items() -%}
    cast(null as {{ own.type }}) as {{ segment_stripe.passthrough_name(alias) }}
    {%- if not loop.last %},{% endif %}
    {% endfor -%}
limit 0
{% endmacro %}
