{# Calendar months from the first month to the month of a later date; zero if earlier. #}
{% macro months_since(first_month, date) %}
    {%- set months = segment_stripe.months_between(first_month, date) -%}
    {{ return('case when ' ~ months ~ ' < 0 then 0 else ' ~ months ~ ' end') }}
{% endmacro %}
