{#
    Queries for the pairs of hashes of an id and what its row names, in tables as
    linked_tables has them; where `of` is given, of the objects in that relation alone.
#}
{% macro pairs_named(tables, of=none) %}
    {%- set queries = [] -%}
    {%- for raw in tables -%}
        {%- set object_id = segment_stripe.id_hash(raw.id) -%}
        {%- for link in raw.links -%}
            {%- do queries.append(
                'select ' ~ object_id ~ ' as object_id, ' ~ segment_stripe.id_hash(link)
                ~ ' as linked_id from ' ~ raw.relation ~ ' where ' ~ link ~ " <> ''"
                ~ (' and ' ~ object_id ~ ' in (select object_id from ' ~ of ~ ')' if of else '')
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(queries) }}
{% endmacro %}
