{# One sentence for the first thing in passthrough_columns that is not as it must be. #}
{% macro check_passthrough_columns() %}
    {%- set passed = segment_stripe.setting('passthrough_columns') or {} -%}
    {%- set example = ', for example {charges: [metadata_order_id]}.' -%}
    {%- if passed is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            'passthrough_columns is not a mapping: list columns by collection' ~ example
        ) -%}
    {%- endif -%}

    {%- set collections = segment_stripe.own_sources() | map(attribute='name') | list -%}
    {%- for collection, entries in passed.items() -%}
        {%- set setting = 'passthrough_columns.' ~ collection -%}
        {%- if collection not in collections -%}
            {%- do exceptions.raise_compiler_error(
                "passthrough_columns names '" ~ collection ~ "', which is no collection "
                ~ 'that Segment delivers: use its table name' ~ example
            ) -%}
        {%- elif entries is string or entries is not sequence -%}
            {%- do exceptions.raise_compiler_error(
                setting ~ ' is not a list: write one' ~ example
            ) -%}
        {%- endif -%}
        {%- for entry in entries -%}
            {%- do segment_stripe.check_passthrough_entry(setting, entry) -%}
        {%- endfor -%}
        {%- set names = segment_stripe.passthrough_entries(collection) -%}
        {%- set names = names | map(attribute='alias') | list -%}
        {%- for name in names if names.count(name) > 1 -%}
            {%- do exceptions.raise_compiler_error(
                setting ~ ' lists a column twice (upper and lower case are one): '
                ~ name ~ '. Remove one of them, or give it another alias.'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
