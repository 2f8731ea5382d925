{# Epoch seconds as a timestamp in UTC. #}
{% macro epoch_to_utc(value) %}
    {{ return(adapter.dispatch('epoch_to_utc', 'segment_stripe')(value)) }}
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

{% macro snowflake__epoch_to_utc(value) %}
    {{ return(
        'to_timestamp_ntz(cast(' ~ value ~ ' * 1000000 as bigint), 6)'
    ) }}
{% endmacro %}

{% macro bigquery__epoch_to_utc(value) %}
    {{ return(
        'timestamp_micros(cast(cast(' ~ value ~ ' as ' ~ segment_stripe.exact()
        ~ ') * 1000000 as int64))'
    ) }}
{% endmacro %}

{% macro redshift__epoch_to_utc(value) %}
    {{ return("(timestamp 'epoch' + " ~ value ~ " * interval '1 second')") }}
{% endmacro %}

{% macro trino__epoch_to_utc(value) %}
    {{ return(
        'cast(from_unixtime_nanos(cast(cast(' ~ value ~ ' as ' ~ segment_stripe.exact()
        ~ ") * 1000000 as bigint) * 1000) at time zone 'UTC' as timestamp(6))"
    ) }}
{% endmacro %}
