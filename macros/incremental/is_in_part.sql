{#
    Whether this build computes the touched objects alone, as plan_build said; for a data
    test, whether they are all it reads. One that only warns reads all rows: of those of
    earlier builds it would be silent. So does everything else, unit tests too. What is by
    month needs a note of its own.
#}
{% macro is_in_part() %}
    {%- if not execute
        or flags.WHICH not in ('run', 'build')
        or model is not mapping
        or model.resource_type not in ('model', 'test')
        or (model.resource_type == 'test' and model.config.severity | lower != 'error') -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set notes = [model.resource_type] -%}
    {%- if model.config.meta.get('is_by_month') -%} {%- do notes.append('months') -%} {%- endif -%}
    {%- for note in notes if not load_relation(segment_stripe.note_in_part(note)) -%}
        {{ return(false) }}
    {%- endfor -%}
    {{ return(true) }}
{% endmacro %}
