{#
    What a raw table is taken to be where dbt may not ask the warehouse (dbt compile
    --no-introspect): every column that its staging model knows, by all its spellings,
    of the type that it is staged as.
#}
{% macro assumed_columns(columns) %}
    {%- set assumed = {} -%}
    {%- for name, spec in columns.items() -%}
        {%- for spelling in spec[1:] or [name] -%}
            {%- do assumed.update({
                spelling: api.Column.create(
                    spelling | upper if target.type == 'snowflake' else spelling,
                    segment_stripe.staged_type(spec[0])
                )
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(assumed) }}
{% endmacro %}
