{# Keep what was written outside of any model, whatever comes after. #}
{% macro commit_now() %}
    {{ return(adapter.dispatch('commit_now', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__commit_now() %}
    {%- do adapter.commit() -%}
{% endmacro %}

{% macro postgres__commit_now() %}
    {%- do run_query('commit') -%}
{% endmacro %}
