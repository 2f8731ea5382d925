{# One sentence where passthrough_columns is no mapping from collections to columns. #}
{% macro check_passthrough_columns() %}
    {%- set passed = var('passthrough_columns') or {} -%}
    {%- set example = ', for example {charges: [metadata_order_id]}.' -%}
    {%- if passed is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            'passthrough_columns is not a mapping: list columns by collection' ~ example
        ) -%}
    {%- endif -%}

    {%- set collections = graph.sources.values() | map(attribute='name') | list -%}
    {%- for collection, columns in passed.items() -%}
        {%- if collection not in collections -%}
            {%- do exceptions.raise_compiler_error(
                "passthrough_columns names '" ~ collection ~ "', which is no collection "
                ~ 'that Segment delivers: use its table name' ~ example
            ) -%}
        {%- elif columns is string or columns is not sequence -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns.' ~ collection ~ ' is not a list: write one' ~ example
            ) -%}
        {%- endif -%}
        {%- for column in columns if not modules.re.match('[A-Za-z_][A-Za-z0-9_]*$', column) -%}
            {%- do exceptions.raise_compiler_error(
                "passthrough_columns." ~ collection ~ " names '" ~ column
                ~ "', which is no column name: use letters, digits and underscores."
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
