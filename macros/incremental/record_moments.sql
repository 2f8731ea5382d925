{#
    What of each raw table was delivered as this build begins: until when (sync_moments),
    and which rows within the look-back (sync_rows). A moment ahead of the build's own is
    one of a wrong clock: whatever came after it would say less.
#}
{% macro record_moments(tables) %}
    {%- set moments = [] -%}
    {%- set rows = [] -%}
    {%- for raw in tables -%}
        {%- set from = "select cast('" ~ invocation_id ~ "' as " ~ segment_stripe.text()
            ~ ") as invocation_id, cast('" ~ raw.relation ~ "' as " ~ segment_stripe.text()
            ~ ') as raw_relation, ' -%}
        {%- do moments.append(
            from ~ 'max(case when ' ~ raw.moment ~ ' <= ' ~ segment_stripe.build_moment() ~ ' then ' ~ raw.moment
            ~ ' end) as moment from ' ~ raw.relation
        ) -%}
        {%- do rows.append(
            from ~ segment_stripe.row_hash(raw) ~ ' as row_id from ' ~ raw.relation ~ ' where '
            ~ raw.moment ~ ' >= (select ' ~ segment_stripe.look_back('max(moment)') ~ ' from '
            ~ segment_stripe.sync_relation('sync_moments') ~ " where invocation_id = '"
            ~ invocation_id ~ "' and raw_relation = '" ~ raw.relation ~ "')"
        ) -%}
    {%- endfor -%}
    {%- do segment_stripe.add_now(segment_stripe.sync_relation('sync_moments'), moments) -%}
    {%- do segment_stripe.add_now(segment_stripe.sync_relation('sync_rows'), rows) -%}
{% endmacro %}
