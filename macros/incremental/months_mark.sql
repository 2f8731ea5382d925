{#
    What every subscription's months depend on: the as-of day, plans, products and coupons,
    and which snapshots there are when this build reads them.
#}
{% macro months_mark(tables) %}
    {%- set queries = [] -%}
    {%- for raw in tables if raw.collection in ('coupons', 'plans', 'products') -%}
        {%- do queries.append(
            'select ' ~ loop.index ~ ' as number, ' ~ segment_stripe.rows_mark(raw)
            ~ ' as mark from ' ~ raw.relation
        ) -%}
    {%- endfor -%}
    {%- set marks = [segment_stripe.as_of_day() | string] -%}
    {%- if queries -%}
        {%- for row in run_query(queries | join(' union all ') ~ ' order by 1').rows -%}
            {%- do marks.append(row[1] | string) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for id in graph.nodes if id.startswith('snapshot.segment_stripe.')
        and (id in selected_resources or segment_stripe.snapshot_found(id)) -%}
        {%- do marks.append(id) -%}
    {%- endfor -%}
    {{ return(local_md5(marks | join(' '))) }}
{% endmacro %}
