{#
    A seed's rows on Spark, as literals: in session mode dbt-spark puts values between
    quotes as they are, and null as the word None.
#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model.config.get('column_types', {}) -%}
    {%- set backslash = '\\' -%}
    {%- set rows = [] -%}
    {%- for row in agate_table.rows -%}
        {%- set values = [] -%}
        {%- for column in agate_table.column_names -%}
            {%- set inferred = adapter.convert_type(agate_table, loop.index0) -%}
            {%- set text = row[column] | string
                | replace(backslash, backslash * 2) | replace("'", backslash ~ "'") -%}
            {%- set literal = 'null' if row[column] is none else "'" ~ text ~ "'" -%}
            {%- do values.append(
                'cast(' ~ literal ~ ' as ' ~ types.get(column, inferred) ~ ')'
            ) -%}
        {%- endfor -%}
        {%- do rows.append('(' ~ values | join(', ') ~ ')') -%}
    {%- endfor -%}
    {%- set sql = 'insert into ' ~ this ~ ' values ' ~ rows | join(', ') -%}
    {%- if rows -%}
        {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {%- endif -%}
    {{ return(sql if rows else none) }}
{%- endmacro %}
