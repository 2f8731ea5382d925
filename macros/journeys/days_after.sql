{# Days from one moment to a later one; null where either is missing or none is later. #}
{% macro days_after(first, second) %}
    {{ return(
        'case when ' ~ second ~ ' >= ' ~ first ~ ' then '
        ~ segment_stripe.days_between(first, second) ~ ' end'
    ) }}
{% endmacro %}
