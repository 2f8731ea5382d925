{# The hash of a text. #}
{% macro hashed(text) %}
    {{- return(adapter.dispatch('hashed', 'segment_stripe')(text)) -}}
{% endmacro %}

{% macro default__hashed(text) %}
    {{- return(dbt.hash(text)) -}}
{% endmacro %}

{# dbt's would cut the text after 256 bytes. #}
{% macro redshift__hashed(text) %}
    {{- return('md5(' ~ text ~ ')') -}}
{% endmacro %}
