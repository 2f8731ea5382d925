{# The reporting currency as SQL: a text, or null where none is set. #}
{% macro reporting_currency() %}
    {%- set currency = segment_stripe.setting('reporting_currency') -%}
    {%- set value = "'" ~ currency ~ "'" if currency else 'null' -%}
    {{ return('cast(' ~ value ~ ' as ' ~ segment_stripe.text() ~ ')') }}
{% endmacro %}
