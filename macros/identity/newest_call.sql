{# Group calls, the newest first; one without a time is older than all others. #}
{% macro newest_call() %}
    {{ return(
        'occurred_at desc nulls last, '
        ~ segment_stripe.binary_order('group_call_id') ~ ' desc nulls last, '
        ~ segment_stripe.binary_order('source_relation')
    ) }}
{% endmacro %}
