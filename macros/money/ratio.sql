{#
    numerator ÷ denominator as numeric(38, 6), rounded once, half away from zero;
    null where the denominator is zero or either is null. Operands are integers or
    decimals of at most six places: whole millionths, so that every engine is exact.
#}
{% macro ratio(numerator, denominator) %}
    {{ return(segment_stripe.integer_ratio(
        '(' ~ numerator ~ ') * 1000000', '(' ~ denominator ~ ') * 1000000'
    )) }}
{% endmacro %}
