{#
    One warning for the collections of passthrough_columns that the folder of own models
    lacks, where there is one: their columns are in no metric.
#}
{% macro check_own_collections() %}
    {%- set models = graph.nodes.values()
        | selectattr('resource_type', 'equalto', 'model')
        | map(attribute='name') | list -%}
    {%- set lacking = [] -%}
    {%- for collection in segment_stripe.own_collections()
        if 'own_tables' in models and 'own_' ~ collection not in models
        and segment_stripe.passthrough_entries(collection) -%}
        {%- do lacking.append(collection) -%}
    {%- endfor -%}
    {%- set unwritten = [] -%}
    {%- for passed in segment_stripe.passed_collections() if lacking
        and passed.collection in lacking and passed['columns'] -%}
        {%- do unwritten.append('own_' ~ passed.collection) -%}
    {%- endfor -%}
    {%- if unwritten -%}
        {%- do exceptions.warn(
            'passthrough_columns lists columns that no metric has yet: run '
            ~ 'write_own_models.py, which writes ' ~ unwritten | join(', ') ~ '.'
        ) -%}
    {%- endif -%}
{% endmacro %}
