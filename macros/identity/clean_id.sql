{# An id as it is compared: without blanks around it, null where nothing is left. #}
{% macro clean_id(column) %}
    {{ return(adapter.dispatch('clean_id', 'segment_stripe')(column)) }}
{% endmacro %}

{% macro default__clean_id(column) %}
    {{ return('nullif(trim(' ~ column ~ "), '')") }}
{% endmacro %}
