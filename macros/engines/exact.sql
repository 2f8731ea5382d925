{#
    The type of an exact number: of money, rates and days with their six places, of whole
    numbers that 64 bits do not hold with none.
#}
{% macro exact(places=6) %}
    {{- return(adapter.dispatch('exact', 'segment_stripe')(places)) -}}
{% endmacro %}

{% macro default__exact(places) %}
    {{- return('numeric(38, ' ~ places ~ ')') -}}
{% endmacro %}

{#
    BigQuery's numeric holds 29 digits before the point. Only columns have sizes there: a
    cast to bignumeric keeps all places, and is refused with a size.
#}
{% macro bigquery__exact(places) %}
    {{- return('bignumeric') -}}
{% endmacro %}

{# Trino knows no numeric. #}
{% macro trino__exact(places) %}
    {{- return('decimal(38, ' ~ places ~ ')') -}}
{% endmacro %}
