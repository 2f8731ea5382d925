{#
    One output column: the typed spellings that the table has, newest first; null
    of the right type where it has none.
#}
{% macro staged_column(raw, name, spec, required=[]) %}
    {%- set type = spec[0] -%}
    {%- set spellings = spec[1:] or [name] -%}
    {%- if type == 'table_name' -%}
        {{ return(
            "cast('" ~ raw.relation.identifier ~ "' as " ~ segment_stripe.text() ~ ')'
        ) }}
    {%- endif -%}
    {%- if type == 'presence' -%}
        {{ return('true' if spellings | select('in', raw.columns) | list else 'false') }}
    {%- endif -%}
    {%- set values = [] -%}
    {%- for spelling in spellings | map('lower') if spelling in raw.columns -%}
        {%- do values.append(
            segment_stripe.typed_column(raw, spelling, type, spelling in required)
        ) -%}
    {%- endfor -%}
    {%- if values | length > 1 -%}
        {{ return('coalesce(' ~ values | join(', ') ~ ')') }}
    {%- endif -%}
    {{ return(values[0] if values else
        'cast(null as ' ~ segment_stripe.staged_type(type) ~ ')') }}
{% endmacro %}
