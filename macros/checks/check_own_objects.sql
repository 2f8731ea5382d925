{# One sentence where the table that own_objects names as a relation is not there. #}
{% macro check_own_objects() %}
    {%- for name, object in (var('own_objects') or {}).items()
        if object.get('relation') -%}
        {%- set parts = object.relation.split('.') -%}
        {%- if parts | length in (2, 3) and not adapter.get_relation(
            database=parts[0] if parts | length == 3 else target.database,
            schema=parts[-2], identifier=parts[-1]
        ) -%}
            {%- do exceptions.raise_compiler_error(
                'own_objects.' ~ name ~ ' names ' ~ object.relation ~ ', which does not '
                ~ 'exist: create it, or take the object out.'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
