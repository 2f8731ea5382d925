{# Add what queries find to a table of the incremental build's own. #}
{% macro add_now(relation, queries) %}
    {%- set query = queries | join('\nunion all\n') -%}
    {%- if load_relation(relation) -%}
        {%- do segment_stripe.run_now('insert into ' ~ relation ~ ' ' ~ query) -%}
    {%- else -%}
        {%- do segment_stripe.make_now(relation, query) -%}
    {%- endif -%}
{% endmacro %}
