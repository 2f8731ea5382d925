{# The day that a month closes on: its last, in the as-of month the as-of day. #}
{% macro closing_date(month) %}
    {{ return(
        'case when ' ~ month ~ ' = ' ~ segment_stripe.first_day_of('month', segment_stripe.as_of_date())
        ~ ' then ' ~ segment_stripe.as_of_date()
        ~ ' else ' ~ dbt.last_day(month, 'month') ~ ' end'
    ) }}
{% endmacro %}
