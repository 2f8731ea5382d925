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

{# Redshift would take PostgreSQL's, and has no epoch of an interval. #}
{% macro redshift__microseconds_between(first, second) %}
    {{ return(dbt.datediff(first, second, 'microsecond')) }}
{% endmacro %}

{# Whole seconds, then what the text of both has behind the point. #}
{% macro trino__microseconds_between(first, second) %}
    {%- set parts = [] -%}
    {%- for value in [second, first] -%}
        {%- set moment = 'cast(' ~ value ~ ' as timestamp(6))' -%}
        {%- do parts.append(
            "(date_diff('second', timestamp '1970-01-01 00:00:00', date_trunc('second', "
            ~ moment ~ ')) * 1000000 + cast(substr(cast(' ~ moment
            ~ ' as varchar), -6) as bigint))'
        ) -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join(' - ') ~ ')') }}
{% endmacro %}
