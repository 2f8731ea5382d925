{# The calendar day, in the reporting time zone, of a UTC timestamp. #}
{% macro reporting_date(utc_timestamp) %}
    {{ return(adapter.dispatch('reporting_date', 'segment_stripe')(utc_timestamp)) }}
{% endmacro %}

{% macro default__reporting_date(utc_timestamp) %}
    {%- if segment_stripe.setting('reporting_timezone') == 'UTC' -%}
        {{ return('cast(' ~ utc_timestamp ~ ' as date)') }}
    {%- endif -%}
    {#- A plain timestamp must first be said to be UTC; one conversion alone would
        shift it the wrong way. -#}
    {{ return(
        'cast(' ~ utc_timestamp ~ " at time zone 'UTC' at time zone '"
        ~ segment_stripe.setting('reporting_timezone') ~ "' as date)"
    ) }}
{% endmacro %}

{% macro spark__reporting_date(utc_timestamp) %}
    {{ return(
        'cast(from_utc_timestamp(' ~ utc_timestamp ~ ", '"
        ~ segment_stripe.setting('reporting_timezone') ~ "') as date)"
    ) }}
{% endmacro %}

{% macro snowflake__reporting_date(utc_timestamp) %}
    {{ return(
        "cast(convert_timezone('UTC', '" ~ segment_stripe.setting('reporting_timezone')
        ~ "', " ~ utc_timestamp ~ ') as date)'
    ) }}
{% endmacro %}

{% macro bigquery__reporting_date(utc_timestamp) %}
    {{ return(
        'date(' ~ utc_timestamp ~ ", '" ~ segment_stripe.setting('reporting_timezone')
        ~ "')"
    ) }}
{% endmacro %}

{# `at time zone` alone would take a plain timestamp for one of the session's zone. #}
{% macro trino__reporting_date(utc_timestamp) %}
    {{ return(
        'cast(with_timezone(' ~ utc_timestamp ~ ", 'UTC') at time zone '"
        ~ segment_stripe.setting('reporting_timezone') ~ "' as date)"
    ) }}
{% endmacro %}
