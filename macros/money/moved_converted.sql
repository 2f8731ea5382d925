{#
    What `moved` in a month, in the reporting currency; the zero of `months` where nothing
    did, whatever the rates.
#}
{% macro moved_converted(figure) %}
    {{ return(
        'cast(case when moved.currency is null then months.' ~ figure ~ ' else moved.'
        ~ figure ~ ' end as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
