{# A query for one number, `mark`: 1 where a raw table has a row that is kept, else 0. #}
{% macro any_row(raw) %}
    {{ return(
        'select cast(count(*) as ' ~ dbt.type_numeric() ~ ') as mark from (select 1 as one from '
        ~ raw.relation ~ ' where ' ~ raw.get('filter', 'true') ~ ' limit 1) as first_rows'
    ) }}
{% endmacro %}
