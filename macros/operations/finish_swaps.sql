{#
    Before any model: a build that was killed between a swap and the drop of the old
    relation has left views of PostgreSQL on the old one. They are made to stand on the
    new one, and the old one is dropped. Left to dbt they would go with it, and it would
    not know of all of them.
#}
{% macro finish_swaps() %}
    {{ return(adapter.dispatch('finish_swaps', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__finish_swaps() %}{% endmacro %}

{# Redshift would take PostgreSQL's. #}
{% macro redshift__finish_swaps() %}{% endmacro %}

{% macro postgres__finish_swaps() %}
    {%- if not execute or flags.WHICH not in ('run', 'build', 'retry') -%}
        {{ return('') }}
    {%- endif -%}
    {#- To ask dbt for each model's takes a second, and there is seldom one. -#}
    {%- set left = run_query(
        "select count(*) from pg_class where relname like '%__dbt_backup'"
    ).rows[0][0] -%}
    {%- for node in graph.nodes.values() if left
        and node.resource_type == 'model' and node.package_name == 'segment_stripe' -%}
        {%- set model = api.Relation.create(node.database, node.schema, node.alias) -%}
        {%- set old = load_cached_relation(make_backup_relation(model, none)) -%}
        {%- if old and load_cached_relation(model) -%}
            {%- do segment_stripe.keep_dependent_views(model) -%}
            {%- do adapter.drop_relation(old) -%}
            {%- do run_query('commit') -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
