{# A timestamp with time zone as a plain timestamp in UTC. #}
{% macro zoned_to_utc(value) %}
    {{ return(adapter.dispatch('zoned_to_utc', 'segment_stripe')(value)) }}
{% endmacro %}

{% macro default__zoned_to_utc(value) %}
    {{ return('(' ~ value ~ " at time zone 'UTC')") }}
{% endmacro %}

{% macro spark__zoned_to_utc(value) %}
    {{ return('to_utc_timestamp(' ~ value ~ ', current_timezone())') }}
{% endmacro %}

{% macro snowflake__zoned_to_utc(value) %}
    {{ return("cast(convert_timezone('UTC', " ~ value ~ ') as ' ~ segment_stripe.moment() ~ ')') }}
{% endmacro %}

{% macro trino__zoned_to_utc(value) %}
    {{ return('cast(' ~ value ~ " at time zone 'UTC' as timestamp(6))") }}
{% endmacro %}
