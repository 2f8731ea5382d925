{#
    One number for some rows of a raw table: another one where a row or a value is, but for
    when it was delivered.
#}
{% macro rows_mark(raw) %}
    {%- set texts = [] -%}
    {%- for name, column in raw.columns.items()
        if name not in ('received_at', 'uuid', 'uuid_ts') -%}
        {%- do texts.append(
            'coalesce(cast(' ~ adapter.quote(column.name) ~ ' as ' ~ dbt.type_string() ~ "), '')"
        ) -%}
    {%- endfor -%}
    {{ return(
        'sum(cast(' ~ segment_stripe.id_hash(texts | join(" || '|' || ")) ~ ' as numeric(38, 0)))'
    ) }}
{% endmacro %}
