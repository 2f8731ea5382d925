{# The earlier of two moments; a null one is none. #}
{% macro earlier_of(one, other) %}
    {{ return(
        'case when ' ~ one ~ ' < ' ~ other ~ ' or ' ~ other ~ ' is null then ' ~ one
        ~ ' else ' ~ other ~ ' end'
    ) }}
{% endmacro %}
