{# The order of a device's calls, the same on every engine. #}
{% macro call_order() %}
    {{ return(
        'occurred_at, call_rank, ' ~ segment_stripe.binary_order('source_relation')
        ~ ', ' ~ segment_stripe.binary_order('call_id')
        ~ ', ' ~ segment_stripe.binary_order('call_type')
    ) }}
{% endmacro %}
