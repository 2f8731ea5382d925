{#
    An amount in the reporting currency, at the `rate` of its own currency, rounded
    once. Null without a rate, but nothing is nothing in every currency.
#}
{% macro converted(amount, rate='exchange_rate') %}
    {{ return(
        'case when ' ~ amount ~ ' = 0 then cast(' ~ amount ~ ' as ' ~ segment_stripe.exact()
        ~ ') else ' ~ segment_stripe.rounded(amount ~ ' * ' ~ rate) ~ ' end'
    ) }}
{% endmacro %}
