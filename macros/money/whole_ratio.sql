{# numerator ÷ denominator as a whole number, rounded once, as ratio is. #}
{% macro whole_ratio(numerator, denominator) %}
    {{ return(
        'cast('
        ~ segment_stripe.ratio(numerator, '(' ~ denominator ~ ') * 1000000')
        ~ ' * 1000000 as ' ~ segment_stripe.exact(0) ~ ')'
    ) }}
{% endmacro %}
