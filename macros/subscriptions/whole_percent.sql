{# A percentage as a whole number, in hundredths of 100 * percent_unit. #}
{% macro whole_percent(percent) %}
    {%- set grouped = '(' ~ percent ~ ')' -%}
    {{ return(
        'cast(' ~ grouped ~ ' * ' ~ segment_stripe.percent_unit(grouped)
        ~ ' as ' ~ segment_stripe.exact(0) ~ ')'
    ) }}
{% endmacro %}
