{#
    Which objects name each other, as pairs of hashes: of all raw rows, or added to those
    known so far from the changed ones. A pair stays when a row names another object:
    what it was part of is computed again, too.
#}
{% macro find_links(tables, last) %}
    {%- set queries = [] -%}
    {%- for raw in tables -%}
        {%- for link in raw.links -%}
            {%- do queries.append(
                'select ' ~ segment_stripe.id_hash(raw.id) ~ ' as object_id, '
                ~ segment_stripe.id_hash(link) ~ ' as linked_id from ' ~ raw.relation
                ~ ' where ' ~ link ~ " <> ''"
                ~ (' and ' ~ segment_stripe.changed_rows(raw, last) if last else '')
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set links = segment_stripe.sync_relation('sync_links') -%}
    {%- if last -%}
        {%- do segment_stripe.run_now(
            'insert into ' ~ links ~ ' select found.object_id, found.linked_id from ('
            ~ queries | join(' union ') ~ ') as found left join ' ~ links
            ~ ' as known on found.object_id = known.object_id'
            ~ ' and found.linked_id = known.linked_id where known.object_id is null'
        ) -%}
    {%- else -%}
        {%- do segment_stripe.make_now(links, queries | join(' union all ')) -%}
        {%- do segment_stripe.index_links(links) -%}
    {%- endif -%}
{% endmacro %}
