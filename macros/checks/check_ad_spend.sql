{# One sentence where ad_spend_relation is not there or lacks a column. #}
{% macro check_ad_spend() %}
    {%- set name = var('ad_spend_relation') -%}
    {%- if name is not none -%}
        {%- set needed = ['date', 'channel', 'currency', 'spend'] -%}
        {%- set parts = (name | string).split('.') -%}
        {%- if parts | length not in (2, 3)
            or not modules.re.match('[A-Za-z0-9_.]+$', name | string) -%}
            {%- do exceptions.raise_compiler_error(
                "ad_spend_relation is '" ~ name ~ "': write it as schema.table or "
                ~ 'database.schema.table.'
            ) -%}
        {%- endif -%}
        {%- set relation = adapter.get_relation(
            database=parts[0] if parts | length == 3 else target.database,
            schema=parts[-2], identifier=parts[-1]
        ) -%}
        {%- if not relation -%}
            {%- do exceptions.raise_compiler_error(
                "ad_spend_relation names '" ~ name ~ "', which does not exist: create it "
                ~ 'with the columns ' ~ needed | join(', ') ~ ', or leave it out.'
            ) -%}
        {%- endif -%}
        {%- set columns = adapter.get_columns_in_relation(relation)
            | map(attribute='name') | map('lower') | list -%}
        {%- for column in needed if column not in columns -%}
            {%- do exceptions.raise_compiler_error(
                "ad_spend_relation '" ~ name ~ "' has no column " ~ column ~ ': it needs '
                ~ needed | join(', ') ~ '.'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
