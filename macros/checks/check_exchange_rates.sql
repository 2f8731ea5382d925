{#
    One sentence where exchange_rates_relation is not there, lacks a column, or holds a
    rate that nobody can mean. A seed or model that is not built yet is asked when it is.
#}
{% macro check_exchange_rates() %}
    {%- set name = segment_stripe.setting('exchange_rates_relation') | string -%}
    {%- set currency = segment_stripe.setting('reporting_currency') -%}
    {%- if not currency -%} {{ return('') }} {%- endif -%}
    {%- set said = "exchange_rates_relation names '" ~ name ~ "'" -%}
    {%- set relation = segment_stripe.find_exchange_rates(name) -%}
    {%- if relation is none -%}
        {%- do exceptions.raise_compiler_error(
            said ~ ', which does not exist: name a seed or model of the project, or '
            ~ 'schema.table, with the columns date, currency and rate.'
        ) -%}
    {%- endif -%}
    {%- if not relation -%} {{ return('') }} {%- endif -%}
    {%- set columns = segment_stripe.columns_of(relation) -%}
    {%- for column in ['date', 'currency', 'rate'] if column not in columns -%}
        {%- do exceptions.raise_compiler_error(
            said ~ ', which has no column ' ~ column ~ ': it needs date, currency and rate.'
        ) -%}
    {%- endfor -%}
    {%- do segment_stripe.check_rates(relation, said) -%}
{% endmacro %}
