{#
    The columns of one kind of call, so that all kinds are united in one order. `given`
    says where a kind has more than what all have: {column: expression}; a screen has no
    address, and only identify calls have traits.
#}
{% macro call_columns(call_type, call_rank, given) %}
    {%- set text = segment_stripe.text() -%}
    {%- set columns = [
        'source_relation',
        "cast('" ~ call_type ~ "' as " ~ text ~ ') as call_type',
        call_type ~ '_id as call_id',
        call_rank ~ ' as call_rank',
        'anonymous_id',
        'user_id',
    ] -%}
    {%- for name in ['email', 'stripe_customer_id', 'referrer', 'url', 'step'] -%}
        {%- do columns.append(given.get(name, 'cast(null as ' ~ text ~ ')') ~ ' as ' ~ name) -%}
    {%- endfor -%}
    {%- for name in ['source', 'medium', 'name'] -%}
        {%- do columns.append('context_campaign_' ~ name) -%}
    {%- endfor -%}
    {{ return((columns + ['occurred_at']) | join(',\n        ')) }}
{% endmacro %}
