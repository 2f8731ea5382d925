{#
    What var passthrough_columns lists of a collection: {name, alias, type}, in lower
    case; a name, a pattern such as metadata_*, or a mapping stands there.
#}
{% macro passthrough_entries(collection) %}
    {%- set entries = [] -%}
    {%- for listed in (var('passthrough_columns') or {}).get(collection, []) -%}
        {%- set entry = {'name': listed} if listed is string else listed -%}
        {%- do entries.append({
            'name': entry['name'] | lower,
            'alias': entry.get('alias', entry['name']) | lower,
            'type': entry.get('type'),
        }) -%}
    {%- endfor -%}
    {{ return(entries) }}
{% endmacro %}
