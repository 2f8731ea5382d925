{# The column `date` of the rates, as the warehouse spells it: Snowflake in capitals. #}
{% macro rate_date_column(relation) %}
    {%- set found = segment_stripe.columns_of(relation).get('date') if execute -%}
    {{ return(adapter.quote(found.name if found else 'date')) }}
{% endmacro %}
