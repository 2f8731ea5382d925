{# One sentence with the keys that an own object of one row a key has more than once. #}
{% macro refuse_repeated_keys(name, id, source, rows) %}
    {%- set repeated = run_query(
        'select ' ~ id ~ ', count(*) ' ~ rows ~ ' group by ' ~ source ~ ', ' ~ id
        ~ ' having count(*) > 1 order by 1 limit 5'
    ) -%}
    {%- if repeated.rows -%}
        {%- set keys = [] -%}
        {%- for row in repeated.rows -%}
            {%- do keys.append(row[0] ~ ' (' ~ row[1] ~ ' rows)') -%}
        {%- endfor -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ' says rows: one, but has several for '
            ~ keys | join(', ') ~ ': money joined to it would count more than once. '
            ~ 'Keep one row for each, or say rows: many.'
        ) -%}
    {%- endif -%}
{% endmacro %}
