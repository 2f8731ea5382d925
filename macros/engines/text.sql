{# The type of a text of any length. #}
{% macro text() %}
    {{- return(adapter.dispatch('text', 'segment_stripe')()) -}}
{% endmacro %}

{% macro default__text() %}
    {{- return(dbt.type_string()) -}}
{% endmacro %}

{# Redshift's text is varchar(256), and a cast cuts what is longer without a word. #}
{% macro redshift__text() %}
    {{- return('varchar(65535)') -}}
{% endmacro %}
