{#
    An amount for a mart: `zero` where nothing moved. Pass the calendar's zero_amount,
    which is null in a currency that stripe_currencies does not know.
#}
{% macro amount_figure(expression, zero='days.zero_amount') %}
    {{ return('cast(coalesce(' ~ expression ~ ', ' ~ zero ~ ') as numeric(38, 6))') }}
{% endmacro %}
