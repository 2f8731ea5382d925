{# Segment writes these two on every row; a model need not list them. #}
{% macro with_delivery_columns(columns) %}
    {%- set delivery = {
        'received_at': ['timestamp'],
        'loaded_at': ['timestamp', 'uuid_ts'],
    } -%}
    {{ return(dict(columns, **delivery)) }}
{% endmacro %}
