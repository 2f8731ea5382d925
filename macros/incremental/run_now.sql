{# Run a statement outside of any model, and keep what it did whatever comes after. #}
{% macro run_now(statement) %}
    {%- do run_query(statement) -%}
    {%- do segment_stripe.commit_now() -%}
{% endmacro %}
