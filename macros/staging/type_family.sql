{# What kind of values a warehouse type holds, by its name on any engine. #}
{% macro type_family(dtype) %}
    {%- set name = dtype | lower -%}
    {%- set is_nested = '[' in name or '<' in name -%}
    {%- if is_nested or name.startswith(('struct', 'map', 'union', 'interval', 'point')) -%}
        {{ return('other') }}
    {%- elif name.startswith(('timestamptz', 'timestamp_tz', 'timestamp_ltz'))
        or (name.startswith('timestamp') and ' with time' in name) -%}
        {{ return('zoned timestamp') }}
    {%- elif name.startswith(('timestamp', 'datetime')) -%} {{ return('timestamp') }}
    {%- elif name == 'date' -%} {{ return('date') }}
    {%- elif name.startswith('bool') -%} {{ return('boolean') }}
    {%- elif 'int' in name or name in ('long', 'short', 'byte') -%} {{ return('integer') }}
    {%- elif name.startswith(('dec', 'num', 'bignum', 'float', 'double', 'real')) -%}
        {{ return('number') }}
    {%- elif 'char' in name or 'text' in name or name.startswith('string') -%}
        {{ return('string') }}
    {%- endif -%}
    {{ return('other') }}
{% endmacro %}
