{# A boolean that arrives as text; null where there is none. #}
{% macro boolean_in_text(value) %}
    {{ return(adapter.dispatch('boolean_in_text', 'segment_stripe')(value)) }}
{% endmacro %}

{% macro default__boolean_in_text(value) %}
    {{ return('cast(nullif(' ~ value ~ ", '') as " ~ dbt.type_boolean() ~ ')') }}
{% endmacro %}

{# Redshift casts no varchar to a boolean. #}
{% macro redshift__boolean_in_text(value) %}
    {{ return(
        'case when lower(trim(' ~ value ~ ")) in ('true', 't', 'yes', 'y', '1') then true "
        ~ 'when lower(trim(' ~ value ~ ")) in ('false', 'f', 'no', 'n', '0') then false end"
    ) }}
{% endmacro %}
