{#
    One sentence for what can be no entry of stripe_accounts: a schema, or a mapping with
    a schema, its name and its database, which the engine must read beside its own.
#}
{% macro check_account(listed) %}
    {%- set entry = listed if listed is mapping else {'schema': listed} -%}
    {%- set unknown = entry.keys() | reject('in', ['schema', 'name', 'database']) | list -%}
    {%- set lacking = not entry.get('schema') -%}
    {%- set values = [entry.get('schema'), entry.get('database') or 'x'] -%}
    {%- if unknown or lacking or values | reject('string') | list -%}
        {%- do exceptions.raise_compiler_error(
            'stripe_accounts has the entry ' ~ listed ~ ': write {schema: stripe_us, name: '
            ~ 'America, database: warehouse}, of which only the schema must be there.'
        ) -%}
    {%- endif -%}
    {%- set name = entry.get('name', 'x') -%}
    {%- if name is not string or not modules.re.fullmatch('[^\\s\\\\]([^\\n\\\\]{0,78}[^\\s\\\\])?', name) -%}
        {%- do exceptions.raise_compiler_error(
            "stripe_accounts gives " ~ entry.schema ~ " the name '" ~ name ~ "': write a "
            ~ 'text of at most 80 characters, without a backslash or a space at its ends.'
        ) -%}
    {%- endif -%}
    {%- set database = entry.get('database') or target.database -%}
    {%- set reads_one = target.type in ('postgres', 'spark')
        or (target.type == 'redshift' and not target.get('ra3_node')) -%}
    {%- if database != target.database and reads_one -%}
        {%- do exceptions.raise_compiler_error(
            "stripe_accounts says that schema '" ~ entry.schema ~ "' is in database '"
            ~ database ~ "', but " ~ target.type ~ " reads one database at a time: load it "
            ~ "into '" ~ target.database ~ "', or show its tables there, and leave "
            ~ 'database out.'
        ) -%}
    {%- endif -%}
{% endmacro %}
