{#
    Before a model is built: have PostgreSQL join no table by nested loops. Models join
    whole tables by keys, and views upon views make it take a million rows for one: one
    nested loop of such a guess took hours where a hash join takes seconds. A join that
    knows no other way still takes a loop; the setting ends with the transaction.
#}
{% macro plan_whole_tables() %}
    {{ return(adapter.dispatch('plan_whole_tables', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__plan_whole_tables() %}{% endmacro %}

{# Redshift would take PostgreSQL's. #}
{% macro redshift__plan_whole_tables() %}{% endmacro %}

{% macro postgres__plan_whole_tables() %}
    {%- if 'view' not in config.get('materialized') -%}
        set local enable_nestloop = off
    {%- endif -%}
{% endmacro %}
