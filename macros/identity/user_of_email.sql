{#
    The only user of a customer's e-mail address over all accounts; null where there is
    none or several, and where customers are told apart.
#}
{% macro user_of_email() %}
    {%- if not segment_stripe.setting('unite_customers_by_email') -%}
        {{ return('cast(null as ' ~ segment_stripe.text() ~ ')') }}
    {%- endif -%}
    {%- set first = 'min(user_id) over (partition by email)' -%}
    {%- set last = 'max(user_id) over (partition by email)' -%}
    {{ return(
        'case when email is not null and ' ~ first ~ ' = ' ~ last ~ ' then ' ~ first
        ~ ' end'
    ) }}
{% endmacro %}
