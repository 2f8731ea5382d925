{#
    The collections of passthrough_columns, each with its tables and the user's own
    columns in them, {collection, found, columns, taken}, asked for outside of its
    staging model. Without those whose staging model is off with its domain.
#}
{% macro passed_collections() %}
    {%- set passed = [] -%}
    {%- set staged = 'model.segment_stripe.stg_' -%}
    {%- for table in segment_stripe.own_sources()
        if table.name in (segment_stripe.setting('passthrough_columns') or {}) -%}
        {%- set model = graph.nodes.get(staged ~ table.source_name ~ '__' ~ table.name) -%}
        {%- if model -%}
            {%- set found = segment_stripe.found_of_source(table) -%}
            {%- set taken = model.columns.keys() | list -%}
            {%- do passed.append({
                'collection': table.name,
                'found': found,
                'columns': segment_stripe.passthrough_columns(table.name, found, taken),
                'taken': taken,
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(passed) }}
{% endmacro %}
