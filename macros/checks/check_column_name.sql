{#
    One sentence where a setting names what can be no column. PostgreSQL cuts longer
    names off, so that a column of that name would never be found.
#}
{% macro check_column_name(setting, name) %}
    {%- if name is not string or not modules.re.fullmatch('[^\\W0-9]\\w*', name) -%}
        {%- do exceptions.raise_compiler_error(
            setting ~ " names '" ~ name ~ "', which is no column name: use letters, "
            ~ 'digits and underscores, for example metadata_user_id.'
        ) -%}
    {%- endif -%}
    {%- set spelled = name.encode('utf-8') -%}
    {%- if target.type == 'postgres' and spelled | length > 63 -%}
        {%- do exceptions.raise_compiler_error(
            setting ~ " names '" ~ name ~ "', which is longer than PostgreSQL's limit of "
            ~ "63 bytes: write it as the table has it, '"
            ~ spelled[:63].decode('utf-8', 'ignore') ~ "'."
        ) -%}
    {%- endif -%}
{% endmacro %}
