{#
    The type of an exact number: of money, rates and days with their six places, of whole
    numbers that 64 bits do not hold with none. With 18 digits it takes 64 bits, which
    DuckDB reads many times as fast as 128.
#}
{% macro exact(places=6, digits=38) %}
    {{- return(adapter.dispatch('exact', 'segment_stripe')(places, digits)) -}}
{% endmacro %}

{% macro default__exact(places, digits) %}
    {{- return('numeric(' ~ digits ~ ', ' ~ places ~ ')') -}}
{% endmacro %}

{#
    BigQuery's numeric holds 29 digits before the point. Only columns have sizes there: a
    cast to bignumeric keeps all places, and is refused with a size.
#}
{% macro bigquery__exact(places, digits) %}
    {{- return('bignumeric') -}}
{% endmacro %}

{# Trino knows no numeric. #}
{% macro trino__exact(places, digits) %}
    {{- return('decimal(' ~ digits ~ ', ' ~ places ~ ')') -}}
{% endmacro %}
