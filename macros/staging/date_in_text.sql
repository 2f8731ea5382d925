{#
    A date that arrives as text, as metadata does, with or without a time after it; null
    where the text begins with none, such as 2026-02-30.
#}
{% macro date_in_text(value) %}
    {{ return(adapter.dispatch('date_in_text', 'segment_stripe')(value)) }}
{% endmacro %}

{% macro default__date_in_text(value) %}
    {%- set day = 'substring(trim(' ~ value ~ '), 1, 10)' -%}
    {{ return(
        'case when ' ~ day ~ " like '____-__-__' then try_cast(" ~ day ~ ' as date) end'
    ) }}
{% endmacro %}

{# A cast that fails stops PostgreSQL, so the text must be a date before it. #}
{% macro postgres__date_in_text(value) %}
    {%- set month_days = [
        '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])',
        '(0[469]|11)-(0[1-9]|[12][0-9]|30)',
        '02-(0[1-9]|1[0-9]|2[0-8])',
    ] | join('|') -%}
    {%- set leap_years = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|2000)' -%}
    {{ return(
        'case when trim(' ~ value ~ ") ~ '^([12][0-9]{3}-(" ~ month_days ~ ')|'
        ~ leap_years ~ "-02-29)' then cast(substring(trim(" ~ value
        ~ '), 1, 10) as date) end'
    ) }}
{% endmacro %}

{% macro redshift__date_in_text(value) %}
    {{ return(segment_stripe.postgres__date_in_text(value)) }}
{% endmacro %}

{% macro bigquery__date_in_text(value) %}
    {{ return(
        segment_stripe.default__date_in_text(value) | replace('try_cast', 'safe_cast')
    ) }}
{% endmacro %}
