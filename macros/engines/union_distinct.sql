{# A union without repeated rows: BigQuery wants the word, which Redshift does not know. #}
{% macro union_distinct() %}
    {{- return(adapter.dispatch('union_distinct', 'segment_stripe')()) -}}
{% endmacro %}

{% macro default__union_distinct() %}
    {{- return('union distinct') -}}
{% endmacro %}

{% macro redshift__union_distinct() %}
    {{- return('union') -}}
{% endmacro %}
