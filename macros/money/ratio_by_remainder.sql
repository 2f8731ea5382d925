{#
    integer_ratio where a quotient of two numbers of 38 digits has no places at all: what
    is left over is taken off before, so that every division comes out even.
#}
{% macro ratio_by_remainder(numerator, denominator) %}
    {%- set whole = segment_stripe.exact(0) -%}
    {%- set top = 'cast(' ~ numerator ~ ' as ' ~ whole ~ ')' -%}
    {%- set bottom = 'nullif(cast(' ~ denominator ~ ' as ' ~ whole ~ '), 0)' -%}
    {%- set twice = 'abs(' ~ bottom ~ ') * 2' -%}
    {%- set raised = '(abs(' ~ top ~ ') * 2000000 + abs(' ~ bottom ~ '))' -%}
    {{ return(
        'cast(case when (' ~ top ~ ' < 0) <> (' ~ bottom ~ ' < 0) then -1 else 1 end * (('
        ~ raised ~ ' - mod(' ~ raised ~ ', ' ~ twice ~ ')) / (' ~ twice
        ~ ')) * cast(0.000001 as ' ~ segment_stripe.exact() | replace('38', '6') ~ ') as '
        ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
