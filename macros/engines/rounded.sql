{#
    A number as an exact one of so many places, rounded once, half away from zero. Most
    engines round in the cast.
#}
{% macro rounded(number, places=6) %}
    {{ return(adapter.dispatch('rounded', 'segment_stripe')(number, places)) }}
{% endmacro %}

{% macro default__rounded(number, places) %}
    {{ return('cast(' ~ number ~ ' as ' ~ segment_stripe.exact(places) ~ ')') }}
{% endmacro %}

{# A cast keeps all places. #}
{% macro bigquery__rounded(number, places) %}
    {{ return(
        'round(cast(' ~ number ~ ' as ' ~ segment_stripe.exact() ~ '), ' ~ places ~ ')'
    ) }}
{% endmacro %}

{# A cast cuts off the places that are too many. #}
{% macro redshift__rounded(number, places) %}
    {{ return(
        'cast(round(cast(' ~ number ~ ' as ' ~ segment_stripe.exact(places + 6) ~ '), '
        ~ places ~ ') as ' ~ segment_stripe.exact(places) ~ ')'
    ) }}
{% endmacro %}
