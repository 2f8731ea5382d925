{# The sum of an expression, null where it is null in any row: never a part of a total. #}
{% macro whole_sum(expression) %}
    {{ return(
        'cast(case when count(' ~ expression ~ ') = count(*) then sum(' ~ expression
        ~ ') end as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
