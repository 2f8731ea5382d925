{#
    Whether this build computes the touched objects alone, as plan_build said; for a data
    test, whether they are all it reads. One that only warns reads all rows: of those of
    earlier builds it would be silent. So does everything else, unit tests too.
#}
{% macro is_in_part() %}
    {%- if not execute
        or flags.WHICH not in ('run', 'build')
        or model is not mapping
        or model.resource_type not in ('model', 'test')
        or (model.resource_type == 'test' and model.config.severity | lower != 'error') -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(load_relation(segment_stripe.note_in_part(model.resource_type)) is not none) }}
{% endmacro %}
