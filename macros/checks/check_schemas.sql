{# One sentence for a schema that is named but not there, or named twice. #}
{% macro check_schemas() %}
    {%- for source_name, variable in [
        ('stripe', 'stripe_sources'), ('segment', 'segment_event_sources')
    ] -%}
        {%- set schemas = segment_stripe.source_schemas(source_name) -%}
        {%- if source_name == 'stripe' and not schemas -%}
            {%- do exceptions.raise_compiler_error(
                'stripe_sources is empty: list the schemas that Segment loads Stripe '
                ~ 'into, for example [stripe].'
            ) -%}
        {%- endif -%}
        {%- for schema in schemas -%}
            {%- if schemas | map('lower') | list | select('equalto', schema | lower) | list | length > 1 -%}
                {%- do exceptions.raise_compiler_error(
                    variable ~ " lists '" ~ schema ~ "' twice: remove one of them."
                ) -%}
            {%- elif not modules.re.match('[A-Za-z0-9_-]+$', schema)
                or not adapter.check_schema_exists(target.database, schema) -%}
                {%- do exceptions.raise_compiler_error(
                    variable ~ " names schema '" ~ schema ~ "', which does not exist in "
                    ~ "database '" ~ target.database ~ "': load it with Segment, or set "
                    ~ variable ~ ' in dbt_project.yml to the schema it is in.'
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
