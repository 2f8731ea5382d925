{#
    An id as a whole number, to be compared with others. Two ids that share one are
    taken for one object: then more is computed than need be, and nothing else.
#}
{% macro id_hash(id) %}
    {{ return(adapter.dispatch('id_hash', 'segment_stripe')(id)) }}
{% endmacro %}

{% macro default__id_hash(id) %}
    {{ return('cast(hash(' ~ id ~ ') >> 1 as bigint)') }}
{% endmacro %}

{% macro postgres__id_hash(id) %}
    {{ return('hashtextextended(' ~ id ~ ', 0)') }}
{% endmacro %}

{% macro spark__id_hash(id) %}
    {{ return('xxhash64(' ~ id ~ ')') }}
{% endmacro %}
