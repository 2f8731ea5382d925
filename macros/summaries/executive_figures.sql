{#
    The counts and amounts of executive_summary_daily that executive_summary_monthly
    sums, compares with the month before and tells the change of: those whose
    `previous_<figure>` its contract names.
#}
{% macro executive_figures() %}
    {%- set figures = [] -%}
    {%- if execute -%}
        {%- set monthly = 'model.segment_stripe.executive_summary_monthly' -%}
        {%- set columns = graph.nodes[monthly].columns -%}
        {%- for column in columns
            if 'previous_' ~ column in columns
            and column.endswith(('_count', '_amount', '_total'))
        -%}
            {%- do figures.append(column) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(figures) }}
{% endmacro %}
