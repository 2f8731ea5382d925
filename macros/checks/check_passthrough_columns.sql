{# One sentence where passthrough_columns is no mapping from collections to columns. #}
{% macro check_passthrough_columns() %}
    {%- set passed = var('passthrough_columns') or {} -%}
    {%- set example = ', for example {charges: [metadata_order_id]}.' -%}
    {%- if passed is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            'passthrough_columns is not a mapping: list columns by collection' ~ example
        ) -%}
    {%- endif -%}

    {%- set collections = segment_stripe.own_sources() | map(attribute='name') | list -%}
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
        {%- for column in columns -%}
            {%- do segment_stripe.check_column_name(
                'passthrough_columns.' ~ collection, column
            ) -%}
        {%- endfor -%}
        {%- if columns | map('lower') | unique | list | length < columns | length -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns.' ~ collection ~ ' lists a column twice (upper and '
                ~ 'lower case are one): remove one of them.'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
