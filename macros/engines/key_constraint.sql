{#
    How a contract states a key: primary_key, not_null or not at all. DuckDB would keep
    the index of a primary key in memory; Redshift believes one that it does not hold, so
    a row that stands there twice would hide from its test.
#}
{% macro key_constraint() %}
    {{ return(adapter.dispatch('key_constraint', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__key_constraint() %}{% endmacro %}

{% macro duckdb__key_constraint() %}
    {{ return('not_null') }}
{% endmacro %}

{% macro redshift__key_constraint() %}
    {{ return('not_null') }}
{% endmacro %}

{% macro postgres__key_constraint() %}
    {{ return('primary_key') }}
{% endmacro %}

{% macro bigquery__key_constraint() %}
    {{ return('primary_key') }}
{% endmacro %}

{% macro snowflake__key_constraint() %}
    {{ return('primary_key') }}
{% endmacro %}
