{# After a model was swapped in. Hooks are rendered one by one, so a model has one. #}
{% macro after_model(relation) %}
    {%- do segment_stripe.keep_dependent_views(relation) -%}
    {{ segment_stripe.index_lookups(relation) }}
    {{ segment_stripe.gather_statistics(relation) }}
{% endmacro %}
