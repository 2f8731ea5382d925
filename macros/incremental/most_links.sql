{# How many others a row of a linked collection names at most. #}
{% macro most_links() %}
    {{ return(segment_stripe.linked_columns().values() | map('length') | max) }}
{% endmacro %}
