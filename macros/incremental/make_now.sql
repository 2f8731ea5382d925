{# Make a table or view of the incremental build's own, in place of an earlier one. #}
{% macro make_now(relation, query) %}
    {%- do adapter.dispatch('make_now', 'segment_stripe')(relation, query) -%}
    {%- do adapter.cache_added(relation) -%}
{% endmacro %}

{% macro default__make_now(relation, query) %}
    {%- do adapter.drop_relation(relation) -%}
    {%- do segment_stripe.commit_now() -%}
    {%- do segment_stripe.run_now(
        'create ' ~ relation.type ~ ' ' ~ relation ~ ' as ' ~ query
    ) -%}
{% endmacro %}

{% macro spark__make_now(relation, query) %}
    {%- do segment_stripe.run_now(
        'create or replace table ' ~ relation ~ ' using delta as ' ~ query
    ) -%}
{% endmacro %}
