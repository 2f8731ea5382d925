{# One sentence where the table that own_objects names as a relation is not there. #}
{% macro check_own_objects() %}
    {%- for name, object in (var('own_objects') or {}).items()
        if object.get('relation') -%}
        {%- if object.relation.split('.') | length in (2, 3)
            and not segment_stripe.named_relation(object.relation) -%}
            {%- do exceptions.raise_compiler_error(
                'own_objects.' ~ name ~ ' names ' ~ object.relation ~ ', which does not '
                ~ 'exist: create it, or take the object out.'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
