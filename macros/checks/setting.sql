{#
    A variable of this project, also in a model of a project that has it as a package:
    there dbt knows neither these defaults nor what stands under `segment_stripe`.
    The command line comes first, then `segment_stripe`, as dbt itself has it.
#}
{% macro setting(name) %}
    {%- set defaults = segment_stripe.default_settings() -%}
    {%- set scoped = var('segment_stripe', none) or {} -%}
    {%- if name in scoped and name not in (invocation_args_dict.vars or {}) -%}
        {{ return(scoped[name]) }}
    {%- endif -%}
    {{ return(var(name, defaults[name])) }}
{% endmacro %}
