{# What lets a link be found from both of its ends without reading all. #}
{% macro index_links(links) %}
    {{ return(adapter.dispatch('index_links', 'segment_stripe')(links)) }}
{% endmacro %}

{% macro default__index_links(links) %}{% endmacro %}

{% macro postgres__index_links(links) %}
    {%- for column in ['object_id', 'linked_id'] -%}
        {%- do segment_stripe.run_now('create index on ' ~ links ~ ' (' ~ column ~ ')') -%}
    {%- endfor -%}
    {%- do segment_stripe.run_now('analyze ' ~ links) -%}
{% endmacro %}
