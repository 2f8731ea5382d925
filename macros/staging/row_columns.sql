{# The select list that turns one raw table's row into the staged row. #}
{% macro row_columns(raw, columns, passed, required) %}
    {%- set lines = [
        "cast('" ~ raw.source_relation ~ "' as " ~ segment_stripe.text()
        ~ ') as source_relation'
    ] -%}
    {%- for name, spec in columns.items() -%}
        {%- do lines.append(
            segment_stripe.staged_column(raw, name, spec, required) ~ ' as ' ~ name
        ) -%}
    {%- endfor -%}
    {%- for alias, own in passed.items() -%}
        {%- do lines.append(segment_stripe.passthrough_column(raw, alias, own)) -%}
    {%- endfor -%}
    {{ return(lines | join(',\n        ')) }}
{% endmacro %}
