{#
    The change of a figure from `previous_<figure>`, as a fraction of its size then
    (0.1 = ten per cent up); null where there was nothing to compare with.
#}
{% macro change(figure) %}
    {%- set previous = 'previous_' ~ figure -%}
    {{ return(segment_stripe.ratio(
        '(' ~ figure ~ ' - ' ~ previous ~ ')', 'abs(' ~ previous ~ ')'
    )) }}
{% endmacro %}
