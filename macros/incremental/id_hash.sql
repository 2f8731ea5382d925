{#
    An id as a whole number, to be compared with others; all rows without one are taken
    for one object, as are two ids that share a number: then more is computed than need
    be, and nothing else.
#}
{% macro id_hash(id) %}
    {%- set text = 'coalesce(' ~ id ~ ", '')" -%}
    {{ return(adapter.dispatch('id_hash', 'segment_stripe')(text)) }}
{% endmacro %}

{% macro default__id_hash(text) %}
    {{ return('cast(hash(' ~ text ~ ') >> 1 as bigint)') }}
{% endmacro %}

{% macro postgres__id_hash(text) %}
    {{ return('hashtextextended(' ~ text ~ ', 0)') }}
{% endmacro %}

{% macro spark__id_hash(text) %}
    {{ return('xxhash64(' ~ text ~ ')') }}
{% endmacro %}
