{#
    The raw tables of linked collections, one entry for each source that has one:
    {collection, relation, columns, id, links: quoted columns, moment: when it was
    delivered, created_at}.
#}
{% macro linked_tables() %}
    {%- set linked = segment_stripe.linked_columns() -%}
    {%- set tables = [] -%}
    {%- for node in segment_stripe.own_sources() | sort(attribute='name')
        if node.source_name == 'stripe' and node.name in linked -%}
        {%- for raw in segment_stripe.found_of_source(node) if 'id' in raw.columns -%}
            {%- set links = [] -%}
            {%- for name in linked[node.name] if name in raw.columns -%}
                {%- do links.append(segment_stripe.raw_text(raw, name)) -%}
            {%- endfor -%}
            {%- set delivered = segment_stripe.with_delivery_columns({}) -%}
            {%- set loaded_at = segment_stripe.staged_column(
                raw, 'loaded_at', delivered.loaded_at
            ) -%}
            {%- set received_at = segment_stripe.staged_column(
                raw, 'received_at', delivered.received_at
            ) -%}
            {%- do tables.append(dict(
                raw,
                collection=node.name,
                id=segment_stripe.raw_text(raw, 'id'),
                links=links,
                moment='coalesce(' ~ loaded_at ~ ', ' ~ received_at ~ ')',
                created_at=segment_stripe.staged_column(
                    raw, 'created_at', ['timestamp', 'created']
                    + (['date'] if node.name == 'invoices' else [])
                ),
            )) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(tables) }}
{% endmacro %}
