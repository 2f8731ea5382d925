{#
    Which objects name each other, as pairs of hashes: of all raw rows and the versions that
    snapshots hold, or those of changed rows (sync_changed) added to what was known. A pair
    stays when a row names another object: what it was part of is computed again, too.
#}
{% macro find_links(tables, last) %}
    {%- set links = segment_stripe.sync_relation('sync_links') -%}
    {%- set changed = segment_stripe.sync_relation('sync_changed') -%}
    {%- set queries = [] -%}
    {%- if last -%}
        {%- for raw in tables -%}
            {%- do queries.append(segment_stripe.changed_rows(raw, last)) -%}
        {%- endfor -%}
        {%- do segment_stripe.make_now(changed, queries | join('\nunion all\n')) -%}
        {%- set pairs = [] -%}
        {%- for number in range(segment_stripe.most_links()) -%}
            {%- do pairs.append(
                'select object_id, linked_' ~ number ~ ' as linked_id from ' ~ changed
                ~ ' where linked_' ~ number ~ ' is not null'
            ) -%}
        {%- endfor -%}
        {%- do pairs.extend(segment_stripe.pairs_named(
            segment_stripe.linked_snapshots(), changed
        )) -%}
        {#- Few rows beside all links: of these, those that the few have are kept in memory. -#}
        {%- do segment_stripe.run_now(
            'insert into ' ~ links ~ ' select found.object_id, found.linked_id from ('
            ~ pairs | join(' union ') ~ ') as found left join (select * from ' ~ links
            ~ ' where object_id in (select object_id from ' ~ changed ~ ')) as known'
            ~ ' on found.object_id = known.object_id'
            ~ ' and found.linked_id = known.linked_id where known.object_id is null'
        ) -%}
    {%- else -%}
        {%- set queries = segment_stripe.pairs_named(
            tables + segment_stripe.linked_snapshots()
        ) -%}
        {%- do segment_stripe.make_now(links, queries | join('\nunion all\n')) -%}
        {%- do segment_stripe.index_links(links) -%}
    {%- endif -%}
{% endmacro %}
