{# Epoch seconds as a timestamp in UTC. #}
{% macro epoch_to_utc(value) %}
    {{ return(adapter.dispatch('epoch_to_utc', 'segment_stripe')(value)) }}
{% endmacro %}

{% macro default__epoch_to_utc(value) %}
    {{ return(dbt.dateadd('second', value, "cast('1970-01-01' as timestamp)")) }}
{% endmacro %}

{% macro duckdb__epoch_to_utc(value) %}
    {{ return(
        'make_timestamp(cast(cast(' ~ value ~ ' as decimal(26, 6)) * 1000000 as bigint))'
    ) }}
{% endmacro %}

{% macro postgres__epoch_to_utc(value) %}
    {{ return('(to_timestamp(' ~ value ~ ") at time zone 'UTC')") }}
{% endmacro %}

{% macro spark__epoch_to_utc(value) %}
    {{ return('timestamp_seconds(' ~ value ~ ')') }}
{% endmacro %}
