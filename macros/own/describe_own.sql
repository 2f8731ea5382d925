{#
    What scripts/write_own_models.py writes models from: passthrough_columns with their
    patterns resolved, own_objects, and the schema of the marts, beside which the models
    stand for the dashboards, as one line of JSON.
#}
{% macro describe_own() %}
    {%- do segment_stripe.check_passthrough_columns() -%}
    {%- do segment_stripe.check_passthrough_tables() -%}
    {%- set columns = {} -%}
    {%- for passed in segment_stripe.passed_collections() -%}
        {%- do columns.update({passed.collection: passed['columns']}) -%}
    {%- endfor -%}
    {%- do print(tojson({
        'columns': columns,
        'objects': segment_stripe.setting('own_objects') or {},
        'schema': graph.nodes['model.segment_stripe.fct_charges'].config.schema,
    })) -%}
{% endmacro %}
