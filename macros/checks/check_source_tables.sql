{#
    One sentence where no listed schema holds any of Segment's tables, for everything
    built from them would be empty; a warning for one that is empty among others.
#}
{% macro check_source_tables() %}
    {%- for source_name, variable in [
        ('stripe', 'stripe_sources'), ('segment', 'segment_event_sources')
    ] -%}
        {%- set schemas = segment_stripe.source_schemas(source_name) -%}
        {%- set tables = segment_stripe.own_sources()
            | selectattr('source_name', 'equalto', source_name) | list -%}
        {%- set empty = [] -%}
        {%- for schema in schemas
            if not segment_stripe.holds_a_table(schema, tables) -%}
            {%- do empty.append(schema) -%}
        {%- endfor -%}
        {%- set said -%}
            {{ variable }} names {{ empty | join(', ') }}, where there is none of Segment's
            tables: name the schema that Segment loads, or wait for its first sync.
        {%- endset -%}
        {%- set said = said.split() | join(' ') -%}
        {%- if empty and empty | length == schemas | length -%}
            {%- do exceptions.raise_compiler_error(said) -%}
        {%- elif empty -%}
            {%- do exceptions.warn(said) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
