{# Make a table or view of the incremental build's own, in place of an earlier one. #}
{% macro make_now(relation, query) %}
    {%- do adapter.drop_relation(relation) -%}
    {%- do segment_stripe.commit_now() -%}
    {%- do segment_stripe.run_now(
        'create ' ~ relation.type ~ ' ' ~ relation ~ ' as ' ~ query
    ) -%}
    {%- do adapter.cache_added(relation) -%}
{% endmacro %}
