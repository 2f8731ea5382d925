{# One sentence where ad_spend_relation is not there or lacks a column. #}
{% macro check_ad_spend() %}
    {%- set name = segment_stripe.setting('ad_spend_relation') -%}
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
        {%- set relation = segment_stripe.named_relation(name | string) -%}
        {%- if not relation -%}
            {%- do exceptions.raise_compiler_error(
                "ad_spend_relation names '" ~ name ~ "', which does not exist: create it "
                ~ 'with the columns ' ~ needed | join(', ') ~ ', or leave it out.'
            ) -%}
        {%- endif -%}
        {%- set columns = segment_stripe.columns_of(relation) -%}
        {%- for column in needed if column not in columns -%}
            {%- do exceptions.raise_compiler_error(
                "ad_spend_relation '" ~ name ~ "' has no column " ~ column ~ ': it needs '
                ~ needed | join(', ') ~ '.'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
