{# Whole microseconds from one timestamp to another; negative where the second is earlier. #}
{% macro microseconds_between(first, second) %}
    {{ return(adapter.dispatch('microseconds_between', 'segment_stripe')(first, second)) }}
{% endmacro %}

{% macro default__microseconds_between(first, second) %}
    {{ return(dbt.datediff(first, second, 'microsecond')) }}
{% endmacro %}

{% macro duckdb__microseconds_between(first, second) %}
    {{ return("date_diff('microsecond', " ~ first ~ ', ' ~ second ~ ')') }}
{% endmacro %}

{% macro postgres__microseconds_between(first, second) %}
    {{ return('extract(epoch from ' ~ second ~ ' - ' ~ first ~ ') * 1000000') }}
{% endmacro %}

{% macro spark__microseconds_between(first, second) %}
    {{ return('(unix_micros(' ~ second ~ ') - unix_micros(' ~ first ~ '))') }}
{% endmacro %}
