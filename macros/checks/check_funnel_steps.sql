{# One sentence for steps of the funnel that are no list of events, each once. #}
{% macro check_funnel_steps() %}
    {%- set steps = segment_stripe.setting('funnel_steps') -%}
    {%- set example = 'for example [visit, sign_up, trial_started, first_payment].' -%}
    {%- if steps is string or steps is mapping or steps is not sequence -%}
        {%- do exceptions.raise_compiler_error(
            "funnel_steps is '" ~ steps ~ "', which is not a list: write " ~ example
        ) -%}
    {%- elif not steps -%}
        {%- do exceptions.raise_compiler_error(
            'funnel_steps is empty, so the funnel would be: list its steps, ' ~ example
        ) -%}
    {%- endif -%}
    {%- for step in steps -%}
        {%- if step is not string
            or not modules.re.fullmatch('[a-z_][a-z0-9_]{0,62}', step) -%}
            {%- do exceptions.raise_compiler_error(
                "funnel_steps lists '" ~ step ~ "', which is no name of an event: write "
                ~ 'that of its table, at most 63 small letters, digits and underscores, '
                ~ example
            ) -%}
        {%- elif step in ('groups', 'identifies', 'pages', 'screens', 'tracks', 'users') -%}
            {%- do exceptions.raise_compiler_error(
                "funnel_steps lists '" ~ step ~ "', which is no event but a table that "
                ~ 'Segment keeps for all of them: name one event.'
            ) -%}
        {%- elif steps | select('equalto', step) | list | length > 1 -%}
            {%- do exceptions.raise_compiler_error(
                "funnel_steps lists '" ~ step ~ "' twice: remove one of them."
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
