{#
    The last day that counts, as a Python date: var as_of, else today in the
    reporting time zone when the run started.
#}
{% macro as_of_day() %}
    {%- if segment_stripe.setting('as_of') -%}
        {{ return(modules.datetime.datetime.strptime(segment_stripe.setting('as_of') | string, '%Y-%m-%d').date()) }}
    {%- endif -%}
    {%- set zone = modules.pytz.timezone(segment_stripe.setting('reporting_timezone')) -%}
    {{ return(run_started_at.astimezone(zone).date()) }}
{% endmacro %}
