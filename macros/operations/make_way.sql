{#
    In the statement that makes a relation: what takes away the one of its name. DuckDB
    does it there; others before it.
#}
{% macro make_way(relation) %}
    {{ return(adapter.dispatch('make_way', 'segment_stripe')(
        load_cached_relation(relation)
    )) }}
{% endmacro %}

{% macro default__make_way(existing) %}
    {%- do drop_relation_if_exists(existing) -%}
{% endmacro %}

{# It replaces a relation in the statement that makes it. #}
{% macro spark__make_way(existing) %}{% endmacro %}

{% macro duckdb__make_way(existing) %}
    {%- if existing is not none -%}
        {%- do adapter.cache_dropped(existing) -%}
        drop {{ existing.type }} if exists {{ existing }};
    {%- endif -%}
{% endmacro %}
