{#
    The quoted name of a user's own column, which may be a reserved word, as the engine
    spells a name that is not quoted.
#}
{% macro passthrough_name(name) %}
    {{ return(adapter.dispatch('passthrough_name', 'segment_stripe')(name)) }}
{% endmacro %}

{% macro default__passthrough_name(name) %}
    {{ return(adapter.quote(name | lower)) }}
{% endmacro %}

{% macro snowflake__passthrough_name(name) %}
    {{ return(adapter.quote(name | upper)) }}
{% endmacro %}
