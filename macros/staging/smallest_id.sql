{# The smallest text of a group in byte order, of the collation that it had. #}
{% macro smallest_id(column) %}
    {{ return(adapter.dispatch('smallest_id', 'segment_stripe')(column)) }}
{% endmacro %}

{% macro default__smallest_id(column) %}
    {{ return('min(' ~ column ~ ')') }}
{% endmacro %}

{% macro postgres__smallest_id(column) %}
    {{ return('(min(' ~ column ~ ' collate "C") collate "default")') }}
{% endmacro %}

{# Redshift would take PostgreSQL's; it sorts by bytes, always. #}
{% macro redshift__smallest_id(column) %}
    {{ return('min(' ~ column ~ ')') }}
{% endmacro %}
