{#
    A raw column cast to its staged type, whatever type the warehouse gave it.
    A type that cannot hold the values stops the build with one sentence.
#}
{% macro typed_column(raw, spelling, type, is_required) %}
    {%- set column = raw.columns[spelling] -%}
    {%- set value = adapter.quote(column.name) -%}
    {%- set family = segment_stripe.type_family(column.dtype) -%}
    {%- set staged = segment_stripe.staged_type(type) -%}
    {%- set text = 'cast(' ~ value ~ ' as ' ~ staged ~ ')' -%}

    {%- if type in ('string', 'currency', 'personal') -%}
        {%- if is_required and family != 'string' -%}
            {%- do segment_stripe.raise_wrong_type(raw, column, 'text') -%}
        {%- endif -%}
        {%- if type == 'currency' -%} 
            {{ return("nullif(lower(trim(" ~ text ~ ")), '')") }}
        {%- elif type == 'personal' and var('hash_personal_data') -%}
            {{ return(dbt.hash('lower(trim(' ~ text ~ '))')) }}
        {%- endif -%}
        {{ return(text) }}

    {%- elif type in ('integer', 'numeric') -%}
        {%- if family == 'integer' or (type == 'numeric' and family == 'number') -%}
            {{ return(text) }}
        {%- elif family == 'number' -%}
            {{ return('case when ' ~ value ~ ' = round(' ~ value ~ ') then ' ~ text ~ ' end') }}
        {%- elif family == 'string' and not is_required -%}
            {{ return(segment_stripe.number_in_text(value, staged)) }}
        {%- endif -%}
        {%- do segment_stripe.raise_wrong_type(raw, column, 'a number') -%}

    {%- elif type == 'boolean' -%}
        {%- if family in ('boolean', 'string') -%} {{ return(text) }}
        {%- elif family in ('integer', 'number') -%} {{ return('(' ~ value ~ ' <> 0)') }}
        {%- endif -%}
        {%- do segment_stripe.raise_wrong_type(raw, column, 'a boolean') -%}

    {%- else -%}
        {%- if family in ('timestamp', 'date') -%} {{ return(text) }}
        {%- elif family == 'zoned timestamp' -%}
            {{ return(segment_stripe.zoned_to_utc(value)) }}
        {%- elif family in ('integer', 'number') -%}
            {{ return(segment_stripe.epoch_to_utc(value)) }}
        {%- endif -%}
        {%- do segment_stripe.raise_wrong_type(
            raw, column, 'a timestamp or epoch seconds'
        ) -%}
    {%- endif -%}
{% endmacro %}
