{# Calendar months from the first month to the month of a later date; zero if earlier. #}
{% macro months_since(first_month, date) %}
    {{ return('greatest(' ~ segment_stripe.months_between(first_month, date) ~ ', 0)') }}
{% endmacro %}
