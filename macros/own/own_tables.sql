{#
    The body of own_tables, which scripts/write_own_models.py writes: what is own, by
    values known when it was written, {column: value} for each table.
#}
{% macro own_tables(tables) %}
{%- for table in tables %}
{% if not loop.first %}union all

{% endif -%}
select
{%- for column, value in table.items() %}
    cast({{ "'" ~ value ~ "'" if value else 'null' }} as
        {{- ' ' ~ segment_stripe.text() }}) as {{ column }}{{ ',' if not loop.last }}
{%- endfor %}
{% endfor -%}
{% endmacro %}
