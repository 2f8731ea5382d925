{# One sentence for a reporting currency, or rates to it, that nothing can be converted by. #}
{% macro check_reporting_currency() %}
    {%- set currency = segment_stripe.setting('reporting_currency') -%}
    {%- set days = segment_stripe.setting('max_rate_age_days') -%}
    {%- if days is not integer or days is boolean or not 0 <= days <= 366 -%}
        {%- do exceptions.raise_compiler_error(
            "max_rate_age_days is '" ~ days ~ "': set it, unquoted, to a whole number of "
            ~ 'days from 0 to 366, for example 7.'
        ) -%}
    {%- endif -%}
    {%- if currency is not none and currency not in segment_stripe.currency_codes() -%}
        {%- do exceptions.raise_compiler_error(
            "reporting_currency is '" ~ currency ~ "', which is no currency of Stripe: "
            ~ 'take a code of seed stripe_currencies, in small letters, such as eur.'
        ) -%}
    {%- endif -%}
    {%- if currency and not segment_stripe.setting('exchange_rates_relation') -%}
        {%- do exceptions.raise_compiler_error(
            "reporting_currency is '" ~ currency ~ "', but there are no rates: name their "
            ~ 'relation in exchange_rates_relation, with the columns date, currency, rate.'
        ) -%}
    {%- endif -%}
{% endmacro %}
