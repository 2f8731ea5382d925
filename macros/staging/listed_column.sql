{#
    An entry of a list of columns, {name, alias, type} in lower case: a name, a pattern
    such as metadata_*, or a mapping stands there.
#}
{% macro listed_column(listed) %}
    {%- set entry = {'name': listed} if listed is string else listed -%}
    {{ return({
        'name': entry['name'] | lower,
        'alias': entry.get('alias', entry['name']) | lower,
        'type': entry.get('type'),
    }) }}
{% endmacro %}
