{#
    A query for one number, `mark`, that is another one where a row of a raw table or a value
    in it is, but for when it was delivered and how often a coupon was used: of rows with
    one id, these say which is the newest.
#}
{% macro rows_mark(raw, where='true') %}
    {%- set mark = segment_stripe.row_hash(
        raw, ['received_at', 'times_redeemed', 'uuid', 'uuid_ts']
    ) -%}
    {%- set copies = '1' -%}
    {%- if 'id' in raw.columns -%}
        {%- set mark = 'case when own_copies > 1 then ' ~ segment_stripe.row_hash(raw)
            ~ ' else ' ~ mark ~ ' end' -%}
        {%- set copies = 'count(*) over (partition by ' ~ segment_stripe.raw_text(raw, 'id') ~ ')' -%}
    {%- endif -%}
    {{ return(
        'select sum(cast(' ~ mark ~ ' as ' ~ segment_stripe.exact(0) ~ ')) as mark from (select *, '
        ~ copies ~ ' as own_copies from ' ~ raw.relation ~ ' where ' ~ where ~ ') as own_rows'
    ) }}
{% endmacro %}
