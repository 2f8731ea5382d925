{# The columns of an own object, as those of passthrough_columns; else text. #}
{% macro own_entries(name, object) %}
    {%- set entries = [] -%}
    {%- for listed in object.get('columns', []) -%}
        {%- set entry = {'name': listed} if listed is string else listed -%}
        {%- set type = entry.get('type', 'string') -%}
        {%- do entries.append({
            'name': entry['name'] | lower,
            'alias': entry.get('alias', entry['name']) | lower,
            'declared': type,
            'setting': 'own_objects.' ~ name,
            'type': segment_stripe.own_type(type),
        }) -%}
    {%- endfor -%}
    {{ return(entries) }}
{% endmacro %}
