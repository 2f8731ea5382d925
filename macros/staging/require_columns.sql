{# Stops the build, with one sentence, where a table lacks a required column. #}
{% macro require_columns(raw, required) %}
    {%- set missing = required | reject('in', raw.columns) | list -%}
    {%- if missing -%}
        {%- do exceptions.raise_compiler_error(
            raw.relation.schema ~ '.' ~ raw.relation.identifier
            ~ ' has no column ' ~ missing | join(', ')
            ~ ', without which its figures would be wrong: check the Segment sync of '
            ~ 'this table, or that stripe_sources names the right schema.'
        ) -%}
    {%- endif -%}
{% endmacro %}
