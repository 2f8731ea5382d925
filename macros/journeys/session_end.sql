{# When a session ends unless another call comes, after the call at this moment. #}
{% macro session_end(call_at) %}
    {{ return(adapter.dispatch('session_end', 'segment_stripe')(call_at)) }}
{% endmacro %}

{% macro default__session_end(call_at) %}
    {{ return(dbt.dateadd('minute', segment_stripe.setting('session_idle_minutes'), call_at)) }}
{% endmacro %}

{# dbt's dateadd makes a datetime there, which compares with no timestamp. #}
{% macro bigquery__session_end(call_at) %}
    {{ return(
        'timestamp_add(' ~ call_at ~ ', interval '
        ~ segment_stripe.setting('session_idle_minutes') ~ ' minute)'
    ) }}
{% endmacro %}
