{#
    The running total of a daily figure in its currency, since the account's first day
    or, with `since='month'`, since the first of the month.
#}
{% macro total_to_date(figure, since='start') %}
    {%- set group = 'source_relation, currency' -%}
    {%- if since == 'month' %}{% set group = group ~ ', reporting_month' %}{% endif -%}
    {{ return(
        'cast(sum(' ~ figure ~ ') over (partition by ' ~ group
        ~ ' order by reporting_date'
        ~ ' rows between unbounded preceding and current row) as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
