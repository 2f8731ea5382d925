{# The SQL type of a staged column. #}
{% macro staged_type(type) %}
    {%- if type == 'integer' -%} {{ return(dbt.type_bigint()) }}
    {%- elif type == 'numeric' -%} {{ return(segment_stripe.exact()) }}
    {%- elif type in ('boolean', 'presence') -%} {{ return(dbt.type_boolean()) }}
    {%- elif type == 'timestamp' -%} {{ return(segment_stripe.moment()) }}
    {%- endif -%}
    {{ return(segment_stripe.text()) }}
{% endmacro %}
