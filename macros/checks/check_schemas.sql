{# One sentence for a schema that is named but not there, or named twice. #}
{% macro check_schemas() %}
    {%- for source_name in ['stripe', 'segment'] -%}
        {%- set variable = segment_stripe.accounts_setting(source_name) -%}
        {%- set accounts = segment_stripe.source_accounts(source_name) -%}
        {%- set names = accounts | map(attribute='source_relation') | map('lower') | list -%}
        {%- if source_name == 'stripe' and not accounts -%}
            {%- do exceptions.raise_compiler_error(
                'stripe_sources is empty: list the schemas that Segment loads Stripe '
                ~ 'into, for example [stripe].'
            ) -%}
        {%- endif -%}
        {%- for account in accounts -%}
            {%- set name = account.source_relation -%}
            {%- set database = account.database or target.database -%}
            {%- if names | select('equalto', name | lower) | list | length > 1 -%}
                {%- do exceptions.raise_compiler_error(
                    variable ~ " lists '" ~ name ~ "' twice: remove one of them."
                ) -%}
            {%- elif not modules.re.match('[A-Za-z0-9_-]+$', account.schema)
                or not adapter.check_schema_exists(database, account.schema) -%}
                {%- do exceptions.raise_compiler_error(
                    variable ~ " names schema '" ~ account.schema ~ "', which does not "
                    ~ "exist in database '" ~ database ~ "': load it with Segment, or set "
                    ~ variable ~ ' in dbt_project.yml to the schema it is in.'
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
