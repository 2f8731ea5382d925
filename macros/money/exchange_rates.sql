{#
    A query for the rates of the relation that `exchange_rates_relation` names, typed:
    currency, exchange_rate, rate_date. No rows where nothing is converted. The rates of a
    seed are there only now, so they are checked here once more.
#}
{% macro exchange_rates() %}
    {%- set name = segment_stripe.setting('exchange_rates_relation') -%}
    {%- set is_on = name and segment_stripe.setting('reporting_currency') -%}
    {%- if execute and flags.INTROSPECT and flags.WHICH in ('run', 'build', 'retry') -%}
        {%- do segment_stripe.check_exchange_rates() -%}
    {%- endif -%}
    select
        cast({{ 'lower(trim(currency))' if is_on else 'null' }} as {{ segment_stripe.text() }})
            as currency,
        {{ segment_stripe.rounded('rate', 12) if is_on
            else 'cast(null as ' ~ segment_stripe.exact(12) ~ ')' }} as exchange_rate,
        cast({{ segment_stripe.rate_date_column(segment_stripe.exchange_rates_relation())
            if is_on else 'null' }} as date) as rate_date
    {% if is_on -%}
    from {{ segment_stripe.exchange_rates_relation() }}
    {%- else -%}
    limit 0
    {%- endif %}
{% endmacro %}
