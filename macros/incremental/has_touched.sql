{#
    Whether there is <name>__touched beside a model after an incremental build; beside what
    is kept by month, where that is computed in part, too.
#}
{% macro has_touched(node) %}
    {%- set kind = node.config.materialized -%}
    {{ return(
        node.package_name == 'segment_stripe' and (
            kind == 'view_by_object'
            or kind == 'table_by_object' and node.config.meta.get('object')
            or node.name in segment_stripe.linked_models()
        )
        and (
            not node.config.meta.get('is_by_month')
            or load_relation(segment_stripe.note_in_part('months')) is not none
        )
    ) }}
{% endmacro %}
