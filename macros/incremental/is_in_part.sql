{#
    Whether this build computes the touched objects alone, as plan_build said. Everything
    else that compiles a model, unit tests too, sees all rows.
#}
{% macro is_in_part() %}
    {%- if not execute
        or not segment_stripe.setting('incremental')
        or flags.WHICH not in ('run', 'build')
        or model is not mapping
        or model.resource_type != 'model' -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(load_relation(segment_stripe.note_in_part()) is not none) }}
{% endmacro %}
