{# Columns of a raw table for sync_changed: whose it is, its id and what it names. #}
{% macro hashed_links(raw) %}
    {%- set columns = [
        "cast('" ~ raw.relation ~ "' as " ~ segment_stripe.text() ~ ') as raw_relation',
        segment_stripe.id_hash(raw.id) ~ ' as object_id',
    ] -%}
    {%- for number in range(segment_stripe.most_links()) -%}
        {%- set link = raw.links[number] if number < raw.links | length else none -%}
        {%- do columns.append((
            'case when ' ~ link ~ " <> '' then " ~ segment_stripe.id_hash(link) ~ ' end'
            if link else 'cast(null as ' ~ dbt.type_bigint() ~ ')'
        ) ~ ' as linked_' ~ number) -%}
    {%- endfor -%}
    {{ return(columns | join(', ')) }}
{% endmacro %}
