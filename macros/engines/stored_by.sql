{#
    How a warehouse is to lay the rows of a large table, as arguments of config(): by the
    columns that readers filter by, the first before the next, so that a query skips what
    it does not want. docs/engines.md says why these engines, and no partitions.
#}
{% macro stored_by(columns) %}
    {{ return(adapter.dispatch('stored_by', 'segment_stripe')(columns)) }}
{% endmacro %}

{% macro default__stored_by(columns) %} {{ return({}) }} {% endmacro %}

{% macro bigquery__stored_by(columns) %}
    {{ return({'cluster_by': columns}) }}
{% endmacro %}

{% macro snowflake__stored_by(columns) %}
    {{ return({'cluster_by': columns}) }}
{% endmacro %}

{% macro redshift__stored_by(columns) %}
    {{ return({'sort': columns}) }}
{% endmacro %}

{% macro databricks__stored_by(columns) %}
    {{ return({'liquid_clustered_by': columns}) }}
{% endmacro %}
