{# {source_relation: {table: latest received_at}} of the source tables that exist, in one query. #}
{% macro newest_rows() %}
    {%- set queries = [] -%}
    {%- set newest = {} -%}
    {%- for node in segment_stripe.own_sources() | sort(attribute='name') -%}
        {%- for account in segment_stripe.source_accounts(node.source_name) -%}
            {%- set name = account.source_relation -%}
            {%- do newest.update({name: newest.get(name, {})}) -%}
        {%- endfor -%}
        {%- for raw in segment_stripe.found_of_source(node)
            if 'received_at' in raw.columns -%}
            {%- set received_at = segment_stripe.staged_column(
                raw, 'received_at', ['timestamp']
            ) -%}
            {%- do queries.append(
                "select '" ~ raw.source_relation ~ "' as source_relation, '"
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
