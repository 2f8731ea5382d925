{#
    The user's own columns of a collection by the name that they get, {alias: {name,
    declared, type}}. A pattern stands for all columns that match it and are neither
    listed by name nor columns of the staging model (taken).
#}
{% macro passthrough_columns(collection, found, taken) %}
    {%- set taken = taken | list + [
        'source_relation', 'version_rank', 'is_kept', 'repeated_key_1', 'repeated_key_2'
    ] -%}
    {%- set passed = {} -%}
    {%- set names = [] -%}
    {%- for entry in segment_stripe.passthrough_entries(collection)
        if '*' not in entry.name -%}
        {%- if entry.alias in taken -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns lists ' ~ collection ~ '.' ~ entry.alias
                ~ ', which the staging model already has: remove it from the list, or '
                ~ 'give it another name, {name: ' ~ entry.name ~ ', alias: own_'
                ~ entry.alias ~ '}.'
            ) -%}
        {%- endif -%}
        {%- do names.append(entry.name) -%}
        {%- do passed.update({
            entry.alias: segment_stripe.passthrough_type(found, entry)
        }) -%}
    {%- endfor -%}

    {%- for entry in segment_stripe.passthrough_entries(collection)
        if '*' in entry.name -%}
        {%- for name in segment_stripe.matching_names(
            entry.name, segment_stripe.found_names(found)
        ) if name not in taken + names and name not in passed -%}
            {%- do passed.update({
                name: segment_stripe.passthrough_type(found, dict(entry, name=name))
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(passed) }}
{% endmacro %}
