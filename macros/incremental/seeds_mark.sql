{# What the seeds hold now that models by object read, whoever loaded them. #}
{% macro seeds_mark() %}
    {%- set queries = [] -%}
    {%- for node in segment_stripe.seeds_read() -%}
        {%- set relation = adapter.get_relation(
            database=node.database, schema=node.schema, identifier=node.alias
        ) -%}
        {%- if relation -%}
            {%- set columns = {} -%}
            {%- for column in adapter.get_columns_in_relation(relation) -%}
                {%- do columns.update({column.name | lower: column}) -%}
            {%- endfor -%}
            {%- do queries.append(
                "select '" ~ node.name ~ "' as name, mark from ("
                ~ segment_stripe.rows_mark({'relation': relation, 'columns': columns})
                ~ ') as marked'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not queries -%} {{ return('none') }} {%- endif -%}
    {%- set marks = [] -%}
    {%- for row in run_query(queries | join(' union all ') ~ ' order by 1').rows -%}
        {%- do marks.append(row[0] ~ ' ' ~ row[1]) -%}
    {%- endfor -%}
    {{ return(local_md5(marks | join(' '))) }}
{% endmacro %}
