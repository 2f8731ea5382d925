{# The moment from which on a row may have been loaded late, before a newest one. #}
{% macro look_back(newest) %}
    {{ return(dbt.dateadd(
        'day', -segment_stripe.setting('incremental_lookback_days'), newest
    )) }}
{% endmacro %}
