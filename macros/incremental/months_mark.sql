{#
    What every subscription's months depend on: the as-of day, plans, products and coupons,
    whether subscriptions are told at all, and which snapshots there are when this build
    reads them.
#}
{% macro months_mark(tables) %}
    {%- set queries = [] -%}
    {%- for raw in tables if raw.collection in ('coupons', 'plans', 'products') -%}
        {%- do queries.append(segment_stripe.rows_mark(raw)) -%}
    {%- endfor -%}
    {%- set subscriptions = tables | selectattr('collection', 'equalto', 'subscriptions') | list -%}
    {%- for raw in segment_stripe.kept_rows(subscriptions, 'live') -%}
        {%- do queries.append(segment_stripe.any_row(raw)) -%}
    {%- endfor -%}
    {%- set texts = [segment_stripe.as_of_day() | string] -%}
    {%- for id in graph.nodes if id.startswith('snapshot.segment_stripe.')
        and (id in selected_resources or segment_stripe.snapshot_found(id)) -%}
        {%- do texts.append(id) -%}
    {%- endfor -%}
    {{ return(segment_stripe.marks_of(queries, texts)) }}
{% endmacro %}
