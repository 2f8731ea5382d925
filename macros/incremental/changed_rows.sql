{#
    Which rows of a raw table may be others than at the last build: delivered since its
    newest one of then; in the look-back before it, for some are loaded late, those that
    the last build did not see; those that say no moment always; and those whose day has
    come since.
#}
{% macro changed_rows(raw, last) %}
    {%- set own = " where invocation_id = '" ~ last.invocation_id ~ "' and raw_relation = '"
        ~ raw.relation ~ "'" -%}
    {%- set newest = '(select max(moment) from ' ~ segment_stripe.sync_relation('sync_moments')
        ~ own ~ ')' -%}
    {%- set conditions = [
        raw.moment ~ ' is null',
        newest ~ ' is null',
        raw.moment ~ ' > ' ~ newest,
        raw.moment ~ ' >= ' ~ segment_stripe.look_back(newest) ~ ' and '
        ~ segment_stripe.row_hash(raw) ~ ' not in (select row_id from '
        ~ segment_stripe.sync_relation('sync_rows') ~ own ~ ')',
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
