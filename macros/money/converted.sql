{#
    An amount in the reporting currency, at the `rate` of its own currency, rounded
    once. Null without a rate, but nothing is nothing in every currency.
#}
{% macro converted(amount, rate='exchange_rate') %}
    {{ return(
        'cast(case when ' ~ amount ~ ' = 0 then ' ~ amount ~ ' else ' ~ amount ~ ' * '
        ~ rate ~ ' end as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
