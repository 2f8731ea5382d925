{#
    The columns of a relation that this project does not make, {lower-cased name: dbt
    column}; none where it is not there. The warehouse is asked once in a run. Where dbt
    may not ask it, those of a staging model, if they are given.
#}
{% macro columns_of(relation, staged={}) %}
    {%- if not flags.INTROSPECT -%}
        {{ return(segment_stripe.assumed_columns(staged)) }}
    {%- endif -%}
    {%- set known = segment_stripe.known_columns() -%}
    {%- if relation | string not in known -%}
        {%- set columns = {} -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do columns.update({column.name | lower: column}) -%}
        {%- endfor -%}
        {%- do known.update({relation | string: columns}) -%}
    {%- endif -%}
    {{ return(known[relation | string]) }}
{% endmacro %}
