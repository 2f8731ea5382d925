{# A query for the steps of the funnel in their order: step, step_number. #}
{% macro funnel_steps() %}
    {%- for step in segment_stripe.setting('funnel_steps') %}
    select
        cast('{{ step }}' as {{ segment_stripe.text() }}) as step,
        cast({{ loop.index }} as {{ dbt.type_bigint() }}) as step_number
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{% endmacro %}
