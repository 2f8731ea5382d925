{# {schema: {table: latest received_at}} of the source tables that exist, in one query. #}
{% macro newest_rows() %}
    {%- set queries = [] -%}
    {%- set newest = {} -%}
    {%- for node in segment_stripe.own_sources() | sort(attribute='name') -%}
        {%- for schema in segment_stripe.source_schemas(node.source_name) -%}
            {%- do newest.update({schema: newest.get(schema, {})}) -%}
        {%- endfor -%}
        {%- for raw in segment_stripe.found_of_source(node)
            if 'received_at' in raw.columns -%}
            {%- set received_at = segment_stripe.staged_column(
                raw, 'received_at', ['timestamp']
            ) -%}
            {%- do queries.append(
                "select '" ~ raw.relation.schema ~ "' as source_schema, '"
                ~ raw.relation.identifier ~ "' as source_table, max(" ~ received_at
                ~ ') as received_at from ' ~ raw.relation
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if queries -%}
        {%- for row in run_query(queries | join('\nunion all\n')).rows -%}
            {%- do newest[row[0]].update({row[1]: row[2]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(newest) }}
{% endmacro %}
