{#
    Where a collection exists: one entry per source schema that has the table,
    {relation, columns: {lower-cased name: dbt column}}. This is the only place
    of the project that asks the warehouse what a table of Segment's looks like.
#}
{% macro find_collection(lineage, source_name, staged={}) %}
    {%- set found = [] -%}
    {%- for schema in segment_stripe.source_schemas(source_name) -%}
        {%- set relation = lineage.incorporate(path={'schema': schema}) -%}
        {%- set columns = segment_stripe.columns_of(relation, staged) -%}
        {%- if columns -%}
            {%- do found.append({'relation': relation, 'columns': columns}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
