{# A number that arrives as text; null where the text is none, such as an id. #}
{% macro number_in_text(value, type) %}
    {{ return(adapter.dispatch('number_in_text', 'segment_stripe')(value, type)) }}
{% endmacro %}

{% macro default__number_in_text(value, type) %}
    {{ return('try_cast(' ~ value ~ ' as ' ~ type ~ ')') }}
{% endmacro %}

{% macro postgres__number_in_text(value, type) %}
    {{ return(
        'case when ' ~ value ~ " ~ '^ *-?[0-9]+([.][0-9]+)? *$' then cast(cast(" ~ value
        ~ ' as numeric) as ' ~ type ~ ') end'
    ) }}
{% endmacro %}
