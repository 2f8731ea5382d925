{#
    A percentile of `<figure>` within a group, interpolated linearly between its two
    neighbours and rounded once. In scope are `<figure>_rank` (1 is the smallest) and
    `<figure>_count` of the group. `tenths` is 5 for the median, 9 for p90. A row weighs
    ten tenths less its distance from the position, in tenths: two rows at most do.
#}
{% macro percentile(figure, tenths) %}
    {%- set distance -%}
        abs(10 * ({{ figure }}_rank - 1) - {{ tenths }} * ({{ figure }}_count - 1))
    {%- endset -%}
    {{ return(segment_stripe.ratio(
        'sum(' ~ figure ~ ' * case when ' ~ distance ~ ' < 10 then 10 - ' ~ distance
        ~ ' else 0 end)', '10'
    )) }}
{% endmacro %}
