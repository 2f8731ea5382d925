{#
    The relation of an own object with its columns, {relation, columns}; one sentence
    where it is not there, or has no text for a key.
#}
{% macro own_relation(name, object, relation) %}
    {%- set columns = segment_stripe.columns_of(relation) -%}
    {%- set has = ' (it has ' ~ columns | join(', ') ~ ').' -%}
    {%- set key = columns.get(object.key_column | lower) -%}
    {%- if not columns -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ' names ' ~ relation ~ ', which does not exist: '
            ~ 'create it, or take the object out.'
        ) -%}
    {%- elif not object.key_column -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ' lacks key_column: name the column of ' ~ relation
            ~ " with Stripe's id" ~ has
        ) -%}
    {%- elif not key -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ': ' ~ relation ~ ' has no column '
            ~ object.key_column ~ ' for its key' ~ has
        ) -%}
    {%- elif segment_stripe.type_family(key.dtype) != 'string' -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ': ' ~ relation ~ '.' ~ key.name ~ ' is '
            ~ key.dtype ~ ', but ids of Stripe are text such as cus_1: name the column '
            ~ 'that holds them.'
        ) -%}
    {%- endif -%}
    {%- set absent = segment_stripe.own_entries(name, object) | map(attribute='name')
        | reject('in', columns) | list -%}
    {%- if absent -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ': ' ~ relation ~ ' has no column '
            ~ absent | join(', ') ~ has
        ) -%}
    {%- endif -%}
    {{ return({'relation': relation, 'columns': columns}) }}
{% endmacro %}
