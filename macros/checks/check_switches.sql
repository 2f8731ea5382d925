{#
    One sentence for a switch that is neither true nor false, or that the engine cannot
    have: parts of a build are replaced on DuckDB, PostgreSQL and Spark alone.
#}
{% macro check_switches() %}
    {%- for name in [
        'include_test_mode', 'hash_personal_data', 'unite_customers_by_email',
        'incremental',
    ] -%}
        {%- if segment_stripe.setting(name) is not boolean -%}
            {%- do exceptions.raise_compiler_error(
                name ~ " is '" ~ segment_stripe.setting(name) ~ "': set it to true or false, unquoted."
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if segment_stripe.setting('incremental') and target.type in [
        'snowflake', 'bigquery', 'redshift', 'databricks', 'trino'
    ] -%}
        {%- do exceptions.raise_compiler_error(
            'incremental is true, which ' ~ target.type ~ ' cannot have yet: take it out, '
            ~ 'so that every build computes all rows.'
        ) -%}
    {%- endif -%}
{% endmacro %}
