-- Rows dated after the year 2200: milliseconds, read as seconds. The test hangs on the
-- last mart, so that all others are built.
-- depends_on: {{ ref('executive_summary_monthly') }}
-- noqa: disable=LT02
{% call if_built() %}
with

dated as (

    {%- for collection, key in [
        ('charges', 'charge_id'), ('refunds', 'refund_id'), ('disputes', 'dispute_id'),
        ('invoices', 'invoice_id'), ('customers', 'customer_id'),
        ('balance_transactions', 'balance_transaction_id'),
    ] %}
        select
            source_relation,
            '{{ collection }}' as collection,
            {{ key }} as row_id,
            created_at
        from {{ ref('stg_stripe__' ~ collection) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

)

select * from dated
where created_at >= cast('2200-01-01' as {{ moment() }})
{% endcall %}
