{#
    As stage_collection, for the events' own tables that are steps of the funnel. Which
    they are is a variable, so that no source declares them.
#}
{% macro stage_steps(columns) %}
    {%- set columns = segment_stripe.with_delivery_columns(columns) -%}
    {%- if not execute -%}
        {{ return('select 1 as parsed') }}
    {%- endif -%}

    {%- set tables = [] -%}
    {%- for relation in segment_stripe.step_relations() -%}
        {%- for raw in segment_stripe.find_collection(relation, 'segment', columns) -%}
            {%- do segment_stripe.require_columns(raw, ['id']) -%}
            {%- do tables.append(dict(raw, filter='true')) -%}
        {%- endfor -%}
    {%- endfor -%}

    {%- if tables -%}
        {{ segment_stripe.latest_versions(tables, columns, {}, ['id'], 1) }}
    {%- else -%}
        {{ segment_stripe.empty_collection(columns, {}) }}
    {%- endif -%}
{% endmacro %}
