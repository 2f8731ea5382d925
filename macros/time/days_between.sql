{# Days from one timestamp to another, to six decimals, rounded once; null without both. #}
{% macro days_between(first, second) %}
    {{ return(adapter.dispatch('days_between', 'segment_stripe')(first, second)) }}
{% endmacro %}

{% macro default__days_between(first, second) %}
    {{ return(segment_stripe.integer_ratio(
        segment_stripe.microseconds_between(first, second), '86400000000'
    )) }}
{% endmacro %}

{#
    In millionths of a day, which 64 bits hold: divided eight times as fast as in 128, and
    read from a table many times as fast.
#}
{% macro duckdb__days_between(first, second) %}
    {%- set between = segment_stripe.microseconds_between(first, second) -%}
    {{ return(
        'cast(cast(sign(' ~ between ~ ') * ((abs(' ~ between ~ ') * 2 + 86400) // 172800)'
        ~ ' as numeric(32, 0)) * cast(0.000001 as decimal(6, 6)) as numeric(18, 6))'
    ) }}
{% endmacro %}
