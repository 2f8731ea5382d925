{#
    numerator ÷ denominator as numeric(38, 6), rounded once, half away from zero;
    null where the denominator is zero or either is null. Operands are integers or
    decimals of at most six places.
#}
{% macro ratio(numerator, denominator) %}
    {{ return(adapter.dispatch('ratio', 'segment_stripe')(numerator, denominator)) }}
{% endmacro %}

{% macro default__ratio(numerator, denominator) %}
    {{ return(
        'cast(round(cast(' ~ numerator ~ ' as numeric(38, 6)) / nullif('
        ~ denominator ~ ', 0), 6) as numeric(38, 6))'
    ) }}
{% endmacro %}

{# DuckDB divides decimals as floating point, so this divides whole millionths. #}
{% macro duckdb__ratio(numerator, denominator) %}
    {%- set top = 'cast(' ~ numerator ~ ' * 1000000 as hugeint)' -%}
    {%- set bottom = 'cast(' ~ denominator ~ ' * 1000000 as hugeint)' -%}
    {{ return(
        'cast(sign(' ~ top ~ ') * sign(' ~ bottom ~ ') * cast('
        ~ '(abs(' ~ top ~ ') * 2000000 + abs(' ~ bottom ~ ')) // '
        ~ 'nullif(abs(' ~ bottom ~ ') * 2, 0) as decimal(32,0))'
        ~ ' * cast(0.000001 as decimal(6,6)) as numeric(38, 6))'
    ) }}
{% endmacro %}
