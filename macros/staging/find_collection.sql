{#
    Where a collection exists: one entry per account that has the table,
    {source_relation, relation, columns: {lower-cased name: dbt column}}. This is the
    only place of the project that asks the warehouse what a table of Segment's looks
    like.
#}
{% macro find_collection(lineage, source_name, staged={}) %}
    {%- set found = [] -%}
    {%- for account in segment_stripe.source_accounts(source_name) -%}
        {%- set relation = lineage.incorporate(path={
            'database': account.database or lineage.database, 'schema': account.schema,
        }) -%}
        {%- set columns = segment_stripe.columns_of(relation, staged) -%}
        {%- if columns -%}
            {%- do found.append({
                'source_relation': account.source_relation,
                'relation': relation, 'columns': columns,
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
