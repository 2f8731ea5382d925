{# One sentence for a reporting_timezone or an as_of that does not exist. #}
{% macro check_time_variables() %}
    {%- set zone = segment_stripe.setting('reporting_timezone') -%}
    {%- if zone not in modules.pytz.all_timezones -%}
        {%- do exceptions.raise_compiler_error(
            "reporting_timezone is '" ~ zone ~ "', which is no time zone: set it to a "
            ~ 'name of the tz database such as UTC or America/New_York.'
        ) -%}
    {%- endif -%}

    {%- set as_of = segment_stripe.setting('as_of') -%}
    {%- set as_of = as_of | string if as_of else none -%}
    {%- set is_date = as_of is none -%}
    {%- if as_of and modules.re.match('[12][0-9]{3}-(0[1-9]|1[0-2])-[0-3][0-9]$', as_of) -%}
        {%- set month = modules.datetime.datetime.strptime(as_of[:7], '%Y-%m') -%}
        {%- set next_month = (month + modules.datetime.timedelta(days=31)).replace(day=1) -%}
        {%- set last_day = (next_month - modules.datetime.timedelta(days=1)).day -%}
        {%- set is_date = 1 <= as_of[8:] | int <= last_day -%}
    {%- endif -%}
    {%- if not is_date -%}
        {%- do exceptions.raise_compiler_error(
            "as_of is '" ~ as_of ~ "', which is no date: write it as YYYY-MM-DD, or "
            ~ 'leave it out for today.'
        ) -%}
    {%- endif -%}

    {%- set days = segment_stripe.setting('incremental_lookback_days') -%}
    {%- if days is not integer or days is boolean or days < 0 -%}
        {%- do exceptions.raise_compiler_error(
            "incremental_lookback_days is '" ~ days ~ "': set it to a whole number of days, "
            ~ '0 or more.'
        ) -%}
    {%- endif -%}
{% endmacro %}
