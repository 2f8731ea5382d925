{# Stops the build, with one sentence, where a raw column cannot hold its values. #}
{% macro raise_wrong_type(raw, column, expected) %}
    {%- do exceptions.raise_compiler_error(
        raw.relation.schema ~ '.' ~ raw.relation.identifier ~ '.' ~ column.name
        ~ ' has type ' ~ column.dtype ~ ', but Segment delivers ' ~ expected
        ~ ' there: change the column in the warehouse, or load the table again.'
    ) -%}
{% endmacro %}
