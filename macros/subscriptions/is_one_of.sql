{# Whether a text, trimmed and in lower case, is one of a list's values; null is none. #}
{% macro is_one_of(expression, values) %}
    {%- if not values -%}
        {{ return('false') }}
    {%- endif -%}
    {{ return(
        'coalesce(lower(trim(' ~ expression ~ ")) in ('" ~ values | join("', '")
        ~ "'), false)"
    ) }}
{% endmacro %}
