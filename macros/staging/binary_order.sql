{# Text in byte order: PostgreSQL sorts by the language of the database. #}
{% macro binary_order(column) %}
    {{ return(adapter.dispatch('binary_order', 'segment_stripe')(column)) }}
{% endmacro %}

{% macro default__binary_order(column) %}
    {{ return(column) }}
{% endmacro %}

{% macro postgres__binary_order(column) %}
    {{ return(column ~ ' collate "C"') }}
{% endmacro %}

{# Redshift would take PostgreSQL's; it sorts by bytes, always. #}
{% macro redshift__binary_order(column) %}
    {{ return(column) }}
{% endmacro %}
