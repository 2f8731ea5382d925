{#
    A raw column cast to its staged type, whatever type the warehouse gave it.
    A type that cannot hold the values stops the build with one sentence. An empty text
    is null, for some loaders write one where Segment has nothing.
#}
{% macro typed_column(raw, spelling, type, is_required) %}
    {%- set column = raw.columns[spelling] -%}
    {%- set value = adapter.quote(column.name) -%}
    {%- set family = segment_stripe.type_family(column.dtype) -%}
    {%- set staged = segment_stripe.staged_type(type) -%}
    {%- set text = segment_stripe.rounded(value) if type == 'numeric'
        else 'cast(' ~ value ~ ' as ' ~ staged ~ ')' -%}

    {%- if type in ('string', 'currency', 'personal', 'movement') -%}
        {%- if is_required and family != 'string' -%}
            {%- do segment_stripe.raise_wrong_type(raw, column, 'text') -%}
        {%- endif -%}
        {%- set lowered = 'nullif(lower(trim(' ~ text ~ ")), '')" -%}
        {%- if type == 'currency' -%} {{ return(lowered) }}
        {%- elif type == 'personal' and segment_stripe.setting('hash_personal_data') -%}
            {{ return(segment_stripe.hashed(lowered)) }}
        {%- elif type == 'movement' and segment_stripe.setting('hash_personal_data') -%}
            {{ return(segment_stripe.movement_words(raw, text, segment_stripe.hashed(lowered))) }}
        {%- endif -%}
        {{ return('nullif(' ~ text ~ ", '')") }}

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
        {%- if family == 'boolean' -%} {{ return(text) }}
        {%- elif family == 'string' -%}
            {{ return(segment_stripe.boolean_in_text(value)) }}
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
