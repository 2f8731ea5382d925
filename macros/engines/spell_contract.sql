{#
    Before a model is built: have its contract say each type as the engine spells it, for
    YAML spells it once for all, as DuckDB and PostgreSQL do. dbt reads the contract after
    the hooks.
#}
{% macro spell_contract() %}
    {%- set spelled = segment_stripe.contract_types() -%}
    {%- for column in model.columns.values() if spelled and column.data_type -%}
        {%- do column.update({
            'data_type': spelled.get(column.data_type | lower, column.data_type)
        }) -%}
    {%- endfor -%}
{% endmacro %}
