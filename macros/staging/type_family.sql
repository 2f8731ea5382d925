{# What kind of values a warehouse type holds, by its name on any engine. #}
{% macro type_family(dtype) %}
    {%- set name = dtype | lower -%}
    {%- if name.startswith(('timestamp with time', 'timestamptz', 'timestamp_tz')) -%}
        {{ return('zoned timestamp') }}
    {%- elif name.startswith(('timestamp', 'datetime')) -%} {{ return('timestamp') }}
    {%- elif name == 'date' -%} {{ return('date') }}
    {%- elif name.startswith('bool') -%} {{ return('boolean') }}
    {%- elif name.startswith('interval') -%} {{ return('other') }}
    {%- elif 'int' in name or name in ('long', 'short', 'byte') -%} {{ return('integer') }}
    {%- elif name.startswith(('dec', 'num', 'bignum', 'float', 'double', 'real')) -%}
        {{ return('number') }}
    {%- elif 'char' in name or 'text' in name or name.startswith('string') -%}
        {{ return('string') }}
    {%- endif -%}
    {{ return('other') }}
{% endmacro %}
