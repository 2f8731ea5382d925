{# A number that arrives as text; null where the text is none, such as an id. #}
{% macro number_in_text(value, type) %}
    {{ return(adapter.dispatch('number_in_text', 'segment_stripe')(value, type)) }}
{% endmacro %}

{% macro default__number_in_text(value, type) %}
    {{ return('try_cast(' ~ value ~ ' as ' ~ type ~ ')') }}
{% endmacro %}

{# A cast to an exact number keeps all places. #}
{% macro bigquery__number_in_text(value, type) %}
    {%- set number = 'safe_cast(' ~ value ~ ' as ' ~ type ~ ')' -%}
    {{ return(
        'round(' ~ number ~ ', 6)' if type == segment_stripe.exact() else number
    ) }}
{% endmacro %}

{# By way of an exact number, for text with a fraction is no integer. #}
{% macro trino__number_in_text(value, type) %}
    {{ return(
        'cast(try_cast(trim(' ~ value ~ ') as ' ~ segment_stripe.exact() ~ ') as ' ~ type
        ~ ')'
    ) }}
{% endmacro %}

{% macro snowflake__number_in_text(value, type) %}
    {{ return(
        'cast(try_cast(trim(' ~ value ~ ') as ' ~ segment_stripe.exact() ~ ') as ' ~ type
        ~ ')'
    ) }}
{% endmacro %}

{# numeric alone is any number on PostgreSQL, a whole one on Redshift. #}
{% macro postgres__number_in_text(value, type, exact='numeric') %}
    {{ return(
        'case when ' ~ value ~ " ~ '^ *-?[0-9]+([.][0-9]+)? *$' then cast(cast(" ~ value
        ~ ' as ' ~ exact ~ ') as ' ~ type ~ ') end'
    ) }}
{% endmacro %}

{% macro redshift__number_in_text(value, type) %}
    {{ return(segment_stripe.postgres__number_in_text(
        'trim(' ~ value ~ ')', type, segment_stripe.exact()
    )) }}
{% endmacro %}
