{#
    The tests of the project on rows that must not be there twice and on columns that
    must not be null, {id of a model: tests}. They are looked for once in a run, as
    known_columns keeps what it was told.
#}
{% macro key_tests() %}
    {%- set kept = 'segment_stripe_key_tests' -%}
    {%- if invocation_id not in graph.get(kept, {}) -%}
        {%- set found = {} -%}
        {%- for test in graph.nodes.values()
            | selectattr('resource_type', 'equalto', 'test')
            if test.test_metadata and test.test_metadata.name
            in ('unique', 'unique_combination_of_columns', 'not_null') -%}
            {%- do found.setdefault(test.attached_node, []).append(test) -%}
        {%- endfor -%}
        {%- do graph.update({kept: {invocation_id: found}}) -%}
    {%- endif -%}
    {{ return(graph[kept][invocation_id]) }}
{% endmacro %}
