{#
    numerator ÷ denominator of whole numbers, rounded as ratio is. Exact where the
    numerator has at most 31 digits and the quotient 31 before the point; beyond, DuckDB
    stops with an overflow rather than giving a wrong figure.
#}
{% macro integer_ratio(numerator, denominator) %}
    {{ return(
        adapter.dispatch('integer_ratio', 'segment_stripe')(numerator, denominator)
    ) }}
{% endmacro %}

{# Of Spark, Databricks, Snowflake and BigQuery: a quotient has at least six places. #}
{% macro default__integer_ratio(numerator, denominator) %}
    {%- set whole = segment_stripe.exact(0) -%}
    {{ return(
        'cast(round(cast(' ~ numerator ~ ' as ' ~ whole ~ ') / nullif(cast('
        ~ denominator ~ ' as ' ~ whole ~ '), 0), 6) as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}

{# DuckDB divides decimals as floating point. #}
{% macro duckdb__integer_ratio(numerator, denominator) %}
    {%- set top = 'cast(' ~ numerator ~ ' as hugeint)' -%}
    {%- set bottom = 'cast(' ~ denominator ~ ' as hugeint)' -%}
    {{ return(
        'cast(sign(' ~ top ~ ') * sign(' ~ bottom ~ ') * cast('
        ~ '(abs(' ~ top ~ ') * 2000000 + abs(' ~ bottom ~ ')) // '
        ~ 'nullif(abs(' ~ bottom ~ ') * 2, 0) as decimal(32,0))'
        ~ ' * cast(0.000001 as decimal(6,6)) as numeric(38, 6))'
    ) }}
{% endmacro %}

{# A quotient of numerics keeps 16 digits and would be rounded twice. #}
{% macro postgres__integer_ratio(numerator, denominator) %}
    {%- set top = 'cast(' ~ numerator ~ ' as numeric)' -%}
    {%- set bottom = 'cast(' ~ denominator ~ ' as numeric)' -%}
    {{ return(
        'cast(sign(' ~ top ~ ') * sign(' ~ bottom ~ ') * div('
        ~ 'abs(' ~ top ~ ') * 2000000 + abs(' ~ bottom ~ '), '
        ~ 'nullif(abs(' ~ bottom ~ ') * 2, 0)) * 0.000001 as numeric(38, 6))'
    ) }}
{% endmacro %}

{% macro redshift__integer_ratio(numerator, denominator) %}
    {{ return(segment_stripe.ratio_by_remainder(numerator, denominator)) }}
{% endmacro %}

{% macro trino__integer_ratio(numerator, denominator) %}
    {{ return(segment_stripe.ratio_by_remainder(numerator, denominator)) }}
{% endmacro %}
