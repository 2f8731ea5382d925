{#
    What YAML says of a model and its columns, as comments of DuckDB. The contract names
    every column there is, so none is asked for.
#}
{% macro comments(relation) %}
    {%- if config.persist_relation_docs() and model.description -%}
        {{ alter_relation_comment(relation, model.description) }}
    {%- endif -%}
    {%- for column in model.columns.values()
        if config.persist_column_docs() and column.description %}
        comment on column {{ relation }}.{{ adapter.quote(column.name) if column.quote else column.name }}
        is {{ duckdb_escape_comment(column.description) }};
    {%- endfor -%}
{% endmacro %}
