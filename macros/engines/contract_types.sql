{# Types of contracts that the engine spells otherwise, {in YAML: on the engine}. #}
{% macro contract_types() %}
    {{ return(adapter.dispatch('contract_types', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__contract_types() %}
    {{ return({}) }}
{% endmacro %}

{% macro bigquery__contract_types() %}
    {{ return({
        'numeric(38,6)': 'bignumeric(38, 6)', 'numeric(38,12)': 'bignumeric(38, 12)',
    }) }}
{% endmacro %}

{% macro snowflake__contract_types() %}
    {{ return({'timestamp': segment_stripe.moment()}) }}
{% endmacro %}

{# dbt has made text of string by then. #}
{% macro redshift__contract_types() %}
    {{ return({'text': segment_stripe.text(), 'string': segment_stripe.text()}) }}
{% endmacro %}

{% macro trino__contract_types() %}
    {{ return({
        'numeric(38,6)': segment_stripe.exact(), 'numeric(38,12)': segment_stripe.exact(12),
        'timestamp': segment_stripe.moment(),
    }) }}
{% endmacro %}
