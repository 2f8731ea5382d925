{# The sum of a figure over rows that count (`weight` 1) or not (0), in its mart's type. #}
{% macro weighted_sum(figure) %}
    {%- set type = dbt.type_bigint() if figure.endswith('_count')
        else segment_stripe.exact() -%}
    {{ return('cast(sum(' ~ figure ~ ' * weight) as ' ~ type ~ ')') }}
{% endmacro %}
