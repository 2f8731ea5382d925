{# The type of a moment: a timestamp in UTC, to the microsecond. #}
{% macro moment() %}
    {{- return(adapter.dispatch('moment', 'segment_stripe')()) -}}
{% endmacro %}

{% macro default__moment() %}
    {{- return(dbt.type_timestamp()) -}}
{% endmacro %}

{# Trino's timestamp stops at milliseconds. #}
{% macro trino__moment() %}
    {{- return('timestamp(6)') -}}
{% endmacro %}

{# Snowflake's timestamp is what the account says: with a zone, without or local. #}
{% macro snowflake__moment() %}
    {{- return('timestamp_ntz') -}}
{% endmacro %}
