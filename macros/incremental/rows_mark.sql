{#
    One number for some rows of a raw table: another one where a row or a value is, but for
    when it was delivered and how often a coupon was used.
#}
{% macro rows_mark(raw) %}
    {{ return(
        'sum(cast(' ~ segment_stripe.row_hash(raw, [
            'received_at', 'times_redeemed', 'uuid', 'uuid_ts',
        ])
        ~ ' as ' ~ segment_stripe.exact(0) ~ '))'
    ) }}
{% endmacro %}
