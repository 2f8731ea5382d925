{# Days from one timestamp to another, to six decimals, rounded once; null without both. #}
{% macro days_between(first, second) %}
    {{ return(segment_stripe.ratio(
        segment_stripe.microseconds_between(first, second), '86400000000'
    )) }}
{% endmacro %}
