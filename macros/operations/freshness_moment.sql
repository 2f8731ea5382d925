{# The moment, UTC, at which the age of the newest rows is taken. #}
{% macro freshness_moment() %}
    {%- if not segment_stripe.setting('as_of') -%}
        {{ return(run_started_at.replace(tzinfo=none)) }}
    {%- endif -%}
    {%- set end_of_day = modules.datetime.datetime.combine(
        segment_stripe.as_of_day(), modules.datetime.time(23, 59, 59)
    ) -%}
    {%- set zone = modules.pytz.timezone(segment_stripe.setting('reporting_timezone')) -%}
    {{ return(
        zone.localize(end_of_day).astimezone(modules.pytz.utc).replace(tzinfo=none)
    ) }}
{% endmacro %}
