{# An id as it is compared: without blanks around it, null where nothing is left. #}
{% macro clean_id(column) %}
    {{ return('nullif(trim(' ~ column ~ "), '')") }}
{% endmacro %}
