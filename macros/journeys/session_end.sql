{# When a session ends unless another call comes, after the call at this moment. #}
{% macro session_end(call_at) %}
    {{ return(dbt.dateadd('minute', segment_stripe.setting('session_idle_minutes'), call_at)) }}
{% endmacro %}
