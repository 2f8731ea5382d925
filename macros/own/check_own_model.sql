{#
    One sentence where the written model of an own object has another key, other columns
    or types, or counts rows where the object says one: what is joined to money is what
    was written.
#}
{% macro check_own_model(name, object) %}
    {%- set model = 'own_' ~ name -%}
    {%- set written = graph.nodes.values()
        | selectattr('resource_type', 'equalto', 'model')
        | selectattr('name', 'equalto', model) | first -%}
    {%- if not written -%}
        {%- do exceptions.warn(
            'own_objects.' ~ name ~ ' has no model yet: run write_own_models.py, which '
            ~ 'writes ' ~ model ~ '.'
        ) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set types = {} -%}
    {%- for column in written.columns.values() -%}
        {%- do types.update({column.name: column.data_type}) -%}
    {%- endfor -%}
    {%- set rows = 'many' if types.pop('row_id', none) else 'one' -%}
    {%- set said = {'source_relation': 'string'} -%}
    {%- if object is mapping -%}
        {%- do said.update({(object.key | string) ~ '_id': 'string'}) -%}
        {%- for own in segment_stripe.own_entries(name, object) -%}
            {%- do said.update({own.alias: {
                'integer': 'bigint', 'numeric': 'numeric(38,6)'
            }.get(own.declared, own.declared)}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if said != types or object.rows != rows -%}
        {%- do exceptions.raise_compiler_error(
            model ~ ' was written when own_objects.' ~ name ~ ' said something else ('
            ~ 'key, rows, columns or their types): run write_own_models.py again.'
        ) -%}
    {%- endif -%}
{% endmacro %}
