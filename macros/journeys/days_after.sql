{# Days from one moment to a later one; null where either is missing or none is later. #}
{% macro days_after(first, second) %}
    {{ return(
        'case when ' ~ second ~ ' >= ' ~ first ~ ' then cast('
        ~ segment_stripe.days_between(first, second)
        ~ ' as ' ~ segment_stripe.exact() ~ ') end'
    ) }}
{% endmacro %}
