{#
    The snapshots that are there, as linked_tables has raw tables: a subscription may have
    been another customer's, an item another subscription's, in a version that no raw row
    holds any more.
#}
{% macro linked_snapshots() %}
    {%- set names = {
        'subscription_items_snapshot': ['subscription_item_id', ['subscription_id']],
        'subscriptions_snapshot': ['subscription_id', ['customer_id', 'discount_id']],
    } -%}
    {%- set found = [] -%}
    {%- for name, (id, links) in names.items() -%}
        {%- set relation = segment_stripe.snapshot_found('snapshot.segment_stripe.' ~ name) -%}
        {%- if relation -%}
            {%- do found.append({'relation': relation, 'id': id, 'links': links}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
