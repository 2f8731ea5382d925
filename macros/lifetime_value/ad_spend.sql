{#
    A query for the rows of the relation that `ad_spend_relation` names, typed:
    channel, currency, spend, spend_date. No rows where it names none.
#}
{% macro ad_spend() %}
    {%- set relation = segment_stripe.setting('ad_spend_relation') -%}
    select
        cast({{ 'channel' if relation else 'null' }} as {{ segment_stripe.text() }}) as channel,
        cast({{ 'currency' if relation else 'null' }} as {{ segment_stripe.text() }})
            as currency,
        {{ segment_stripe.rounded('spend') if relation
            else 'cast(null as ' ~ segment_stripe.exact() ~ ')' }} as spend,
        cast({{ adapter.quote('date') if relation else 'null' }} as date) as spend_date
    {% if relation -%}
    from {{ relation }}
    {%- else -%}
    limit 0
    {%- endif %}
{% endmacro %}
