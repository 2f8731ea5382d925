{#
    A query for the rows of a staging model in which a required column is null, one
    row for each such column: source_relation, model_name, row_id, missing_column.
#}
{% macro missing_values(model_name, key, columns) %}
    {%- set queries = [] -%}
    {%- for column in columns -%}
        {%- do queries.append(
            "select source_relation, '" ~ model_name ~ "' as model_name, " ~ key
            ~ " as row_id, '" ~ column ~ "' as missing_column from " ~ ref(model_name)
            ~ ' where ' ~ column ~ ' is null'
        ) -%}
    {%- endfor -%}
    {{ return(queries | join('\nunion all\n')) }}
{% endmacro %}
