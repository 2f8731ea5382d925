{# The rules by which a visit gets its channel: a relation like seed channel_rules. #}
{% macro channel_rules() %}
    {{ return(adapter.dispatch('channel_rules', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__channel_rules() %}
    {{ return(ref('channel_rules')) }}
{% endmacro %}
