{#
    Queries for the objects that changed, one column of hashes: of changed rows; lines
    whose plan or its product did; and, on another day, invoices that were open.
#}
{% macro changed_objects(tables, last) %}
    {%- set changed = segment_stripe.sync_relation('sync_changed') -%}
    {%- set queries = ['select object_id from ' ~ changed] -%}
    {%- do queries.extend(segment_stripe.lines_of_changed_plans(tables)) -%}
    {%- set invoices = graph.nodes.get('model.segment_stripe.fct_invoices') -%}
    {%- if invoices and last.as_of_date | string != segment_stripe.as_of_day() | string -%}
        {%- do queries.append(
            'select ' ~ segment_stripe.id_hash('invoice_id') ~ ' as object_id from '
            ~ api.Relation.create(
                database=invoices.database, schema=invoices.schema, identifier=invoices.alias
            ) ~ ' where is_open'
        ) -%}
    {%- endif -%}
    {{ return(queries) }}
{% endmacro %}
