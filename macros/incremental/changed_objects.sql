{#
    Queries for the objects that changed, one column of hashes: of changed rows; lines
    whose plan or its product did; subscriptions of no day, which count from the first
    month of others; and, on another day, invoices that were open.
#}
{% macro changed_objects(tables, last) %}
    {%- set changed = segment_stripe.sync_relation('sync_changed') -%}
    {%- set queries = ['select object_id from ' ~ changed] -%}
    {%- do queries.extend(segment_stripe.lines_of_changed_plans(tables)) -%}
    {%- set found = [] -%}
    {%- for name in ['subscription_versions', 'lines_estimated'] -%}
        {%- do found.append((
            'int_subscriptions__' ~ name, 'subscription_id',
            "valid_from_date <= cast('1970-01-02' as date)",
        )) -%}
    {%- endfor -%}
    {%- if last.as_of_date | string != segment_stripe.as_of_day() | string -%}
        {%- do found.append(('fct_invoices', 'invoice_id', 'is_open')) -%}
    {%- endif -%}
    {%- for name, id, condition in found -%}
        {%- set node = graph.nodes.get('model.segment_stripe.' ~ name) -%}
        {%- if node -%}
            {%- do queries.append(
                'select ' ~ segment_stripe.id_hash(id) ~ ' as object_id from '
                ~ api.Relation.create(
                    database=node.database, schema=node.schema, identifier=node.alias
                ) ~ ' where ' ~ condition
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(queries) }}
{% endmacro %}
