{# Whether there is no rate though one of the amounts needs it. #}
{% macro lacks_rate(amounts, rate='exchange_rate') %}
    {%- set needing = [] -%}
    {%- for amount in amounts -%}
        {%- do needing.append('coalesce(' ~ amount ~ ', 0) <> 0') -%}
    {%- endfor -%}
    {{ return(rate ~ ' is null and (' ~ needing | join(' or ') ~ ')') }}
{% endmacro %}
