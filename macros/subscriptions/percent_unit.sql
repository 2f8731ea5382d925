{#
    What a percentage is multiplied by to be a whole number. As small as can be: several
    are multiplied with each other, and engines hold 38 digits.
#}
{% macro percent_unit(percent) %}
    {{ return(
        'case when ' ~ percent ~ ' = round(' ~ percent ~ ', 0) then 1 when ' ~ percent
        ~ ' = round(' ~ percent ~ ', 2) then 100 else 1000000 end'
    ) }}
{% endmacro %}
