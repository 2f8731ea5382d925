{# The SQL type of a staged column. #}
{% macro staged_type(type) %}
    {{ return({
        'string': segment_stripe.text(),
        'currency': segment_stripe.text(),
        'personal': segment_stripe.text(),
        'table_name': segment_stripe.text(),
        'movement': segment_stripe.text(),
        'integer': dbt.type_bigint(),
        'numeric': segment_stripe.exact(),
        'boolean': dbt.type_boolean(),
        'presence': dbt.type_boolean(),
        'timestamp': segment_stripe.moment(),
    }[type]) }}
{% endmacro %}
