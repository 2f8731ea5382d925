{#
    An amount for a mart: `zero` where nothing moved. That is a zero_amount in scope,
    which is null in a currency that stripe_currencies does not know.
#}
{% macro amount_figure(expression, zero='zero_amount') %}
    {{ return('cast(coalesce(' ~ expression ~ ', ' ~ zero ~ ') as ' ~ segment_stripe.exact() ~ ')') }}
{% endmacro %}
