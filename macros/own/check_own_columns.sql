{#
    Whether a written model has the columns that passthrough_columns lists: a warning
    for those that it lacks, one sentence for those that are no longer listed.
#}
{% macro check_own_columns(collection, columns, found) %}
    {%- set entries = segment_stripe.passthrough_entries(collection) -%}
    {%- set missing = found | reject('in', columns) | list -%}
    {%- set unlisted = [] -%}
    {%- for name in columns if name not in found -%}
        {%- set patterns = [] -%}
        {%- for entry in entries
            if segment_stripe.matching_names(entry.alias, [name]) -%}
            {%- do patterns.append(entry.alias) -%}
        {%- endfor -%}
        {%- if not patterns -%} {%- do unlisted.append(name) -%} {%- endif -%}
    {%- endfor -%}
    {%- set again = ': run write_own_models.py again.' -%}
    {%- if unlisted -%}
        {%- do exceptions.raise_compiler_error(
            model.name ~ ' has ' ~ unlisted | join(', ')
            ~ ', which passthrough_columns.' ~ collection ~ ' does not list' ~ again
        ) -%}
    {%- elif missing -%}
        {%- do exceptions.warn(
            model.name ~ ' lacks ' ~ missing | join(', ')
            ~ ', which passthrough_columns.' ~ collection ~ ' lists' ~ again
        ) -%}
    {%- endif -%}
{% endmacro %}
