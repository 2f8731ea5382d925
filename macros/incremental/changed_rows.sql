{#
    Which rows of a raw table may be others than at the last build: delivered since its
    newest one of then, less a look-back for what was loaded late; those that say no
    moment always; and those whose day has come since.
#}
{% macro changed_rows(raw, last) %}
    {%- set moment = '(select ' ~ dbt.dateadd(
        'day', -segment_stripe.setting('incremental_lookback_days'), 'max(moment)'
    ) ~ ' from ' ~ segment_stripe.sync_relation('sync_moments') ~ " where invocation_id = '"
    ~ last.invocation_id ~ "' and raw_relation = '" ~ raw.relation ~ "')" -%}
    {%- set conditions = [
        raw.moment ~ ' is null', raw.moment ~ ' >= ' ~ moment, moment ~ ' is null',
    ] -%}
    {%- if last.as_of_date | string != segment_stripe.as_of_day() | string -%}
        {%- set day = segment_stripe.reporting_date(raw.created_at) -%}
        {%- do conditions.append(
            day ~ " > cast('" ~ last.as_of_date ~ "' as date) and " ~ day ~ ' <= '
            ~ segment_stripe.as_of_date()
        ) -%}
    {%- endif -%}
    {{ return('(' ~ conditions | join(' or ') ~ ')') }}
{% endmacro %}
