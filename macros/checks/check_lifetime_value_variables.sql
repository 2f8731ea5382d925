{# One sentence for a setting of identity, sessions or lifetime value that makes no sense. #}
{% macro check_lifetime_value_variables() %}
    {%- set column = segment_stripe.setting('identity_metadata_column') -%}
    {%- if column is not none -%}
        {%- do segment_stripe.check_column_name('identity_metadata_column', column) -%}
    {%- endif -%}

    {%- set minutes = segment_stripe.setting('session_idle_minutes') -%}
    {%- if minutes is not integer or minutes is boolean or minutes < 1 -%}
        {%- do exceptions.raise_compiler_error(
            "session_idle_minutes is '" ~ minutes ~ "': set it, unquoted, to a whole "
            ~ 'number of minutes of at least 1, for example 30.'
        ) -%}
    {%- endif -%}

    {%- set margin = segment_stripe.setting('ltv_margin') -%}
    {%- if not modules.re.match('[0-9]{1,3}([.][0-9]{1,6})?$', margin | string) -%}
        {%- do exceptions.raise_compiler_error(
            "ltv_margin is '" ~ margin ~ "': set it to the part of revenue that is "
            ~ 'left, with at most six decimals, for example 0.8.'
        ) -%}
    {%- endif -%}
{% endmacro %}
