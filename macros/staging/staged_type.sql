{# The SQL type of a staged column. #}
{% macro staged_type(type) %}
    {{ return({
        'string': dbt.type_string(),
        'currency': dbt.type_string(),
        'personal': dbt.type_string(),
        'table_name': dbt.type_string(),
        'movement': dbt.type_string(),
        'integer': dbt.type_bigint(),
        'numeric': 'numeric(38, 6)',
        'boolean': dbt.type_boolean(),
        'presence': dbt.type_boolean(),
        'timestamp': dbt.type_timestamp(),
    }[type]) }}
{% endmacro %}
