{#
    What a model by object reads of another one, or of staging: all rows or, in an
    incremental build, those of the objects that were touched.
#}
{% macro touched(model_name) %}
    {%- set whole = ref(model_name) -%}
    {%- if segment_stripe.is_in_part() -%}
        {%- set node = graph.nodes['model.segment_stripe.' ~ model_name] -%}
        {%- if segment_stripe.has_touched(node) -%}
            {{ return(segment_stripe.sync_relation(model_name ~ '__touched')) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(whole) }}
{% endmacro %}
