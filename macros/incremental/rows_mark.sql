{#
    One number for some rows of a raw table: another one where a row or a value is, but for
    when it was delivered.
#}
{% macro rows_mark(raw) %}
    {{ return(
        'sum(cast(' ~ segment_stripe.row_hash(raw, ['received_at', 'uuid', 'uuid_ts'])
        ~ ' as ' ~ segment_stripe.exact(0) ~ '))'
    ) }}
{% endmacro %}
