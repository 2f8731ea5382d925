{#
    After a table was built: have PostgreSQL count what is in it, at once. It does so by
    itself within minutes, but the next model is planned within seconds; without figures
    the planner takes a million rows for a few. The swap is committed first, for until
    then nobody can read the table.
#}
{% macro gather_statistics(relation) %}
    {{ return(adapter.dispatch('gather_statistics', 'segment_stripe')(relation)) }}
{% endmacro %}

{% macro default__gather_statistics(relation) %}{% endmacro %}

{# Redshift would take PostgreSQL's; it counts as it writes. #}
{% macro redshift__gather_statistics(relation) %}{% endmacro %}

{% macro postgres__gather_statistics(relation) %}
    {%- if 'view' not in config.get('materialized') -%}
        commit; analyze {{ relation }}
    {%- endif -%}
{% endmacro %}
