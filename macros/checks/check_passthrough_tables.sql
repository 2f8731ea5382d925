{#
    Before any table: one sentence where an own column has a name that the staging model
    gives already, or values that its type cannot hold. One warning for all columns that
    no table has, with those that it has: they are null.
#}
{% macro check_passthrough_tables() %}
    {%- set absent = [] -%}
    {%- for passed in segment_stripe.passed_collections() -%}
        {%- for raw in passed.found -%}
            {%- for alias, own in passed['columns'].items() -%}
                {%- do segment_stripe.passthrough_column(raw, alias, own) -%}
            {%- endfor -%}
        {%- endfor -%}

        {%- set names = segment_stripe.found_names(passed.found) -%}
        {%- set missing = [] -%}
        {%- for entry in segment_stripe.passthrough_entries(passed.collection)
            if not segment_stripe.matching_names(entry.name, names) -%}
            {%- do missing.append(entry.name) -%}
        {%- endfor -%}
        {%- if missing and names -%}
            {%- do absent.append(
                passed.collection ~ ' has no column ' ~ missing | join(', ')
                ~ ' (it has ' ~ names | reject('in', passed.taken) | join(', ') ~ ')'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if absent -%}
        {%- do exceptions.warn(
            'passthrough_columns: ' ~ absent | join('; ') ~ '. They are null until '
            ~ 'Segment delivers them.'
        ) -%}
    {%- endif -%}
{% endmacro %}
