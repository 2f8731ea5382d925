{#
    Where a customer without any currency of its own is counted: in the account's default,
    else in usd. Reads `default_currencies`, which has no row where nothing says one.
#}
{% macro default_currency() %}
    {{ return("coalesce(default_currencies.currency, 'usd')") }}
{% endmacro %}
