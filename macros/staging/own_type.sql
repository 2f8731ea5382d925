{# The SQL type of an own column, which its contract says, too. #}
{% macro own_type(type) %}
    {{ return('date' if type == 'date' else segment_stripe.staged_type(type)) }}
{% endmacro %}
