{# The host of an address, lower case and without `www.`; null where there is none. #}
{% macro url_host(url) %}
    {{ return(adapter.dispatch('url_host', 'segment_stripe')(url)) }}
{% endmacro %}

{% macro default__url_host(url) %}
    {#- Spark stops for a second part that is not there. -#}
    {%- set ended = '(' ~ url ~ " || '//')" -%}
    {%- set found = namespace(host=dbt.split_part(ended, "'//'", 2)) -%}
    {%- for delimiter in ['/', '?', '#', ':'] -%}
        {%- set found.host = dbt.split_part(found.host, "'" ~ delimiter ~ "'", 1) -%}
    {%- endfor -%}
    {%- set host = 'lower(trim(' ~ found.host ~ '))' -%}
    {{ return(
        "nullif(case when " ~ host ~ " like 'www.%' then substr(" ~ host
        ~ ', 5) else ' ~ host ~ " end, '')"
    ) }}
{% endmacro %}
