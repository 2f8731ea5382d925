{#
    A user's own column of one raw table as the type that passthrough_columns gives it.
    A text that is no number, no date, or neither true nor false, is null; a column whose
    type holds no such values stops the build with one sentence.
#}
{% macro declared_column(raw, own) %}
    {%- set column = raw.columns[own.name] -%}
    {%- set value = adapter.quote(column.name) -%}
    {%- set family = segment_stripe.type_family(column.dtype) -%}
    {%- set numbers = ['integer', 'number', 'string'] -%}
    {%- set moments = ['date', 'timestamp', 'zoned timestamp'] -%}
    {%- set families = {
        'integer': numbers, 'numeric': numbers, 'boolean': ['boolean', 'string'],
        'date': moments + ['string'], 'timestamp': moments,
    } -%}
    {%- if family not in families[own.declared] -%}
        {%- do exceptions.raise_compiler_error(
            own.get('setting', 'passthrough_columns') ~ ' says that ' ~ own.name
            ~ ' is ' ~ own.declared ~ ', but ' ~ raw.relation.schema ~ '.'
            ~ raw.relation.identifier ~ ' has it as '
            ~ column.dtype ~ ': leave the type out, or name another one.'
        ) -%}
    {%- endif -%}
    {%- if own.declared == 'boolean' and family == 'string' -%}
        {{ return(
            'case lower(trim(' ~ value ~ ")) when 'true' then true "
            ~ "when 'false' then false end"
        ) }}
    {%- elif own.declared == 'date' and family == 'string' -%}
        {{ return(segment_stripe.date_in_text(value)) }}
    {%- elif own.declared == 'date' -%}
        {{ return('cast(' ~ (
            segment_stripe.zoned_to_utc(value) if family == 'zoned timestamp' else value
        ) ~ ' as date)') }}
    {%- endif -%}
    {{ return(segment_stripe.typed_column(raw, own.name, own.declared, false)) }}
{% endmacro %}
