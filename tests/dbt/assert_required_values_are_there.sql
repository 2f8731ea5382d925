{{ config(severity='warn') }}

-- Rows that lack a value without which they cannot be counted, by id. They count where
-- they can; the test hangs on the last mart, so that all others are built.
-- depends_on: {{ ref('executive_summary_monthly') }}
{% call if_built() %}
with

missing as (

    {{ missing_values(
        'stg_stripe__charges',
        'charge_id',
        ['amount_minor', 'currency', 'status', 'created_at']
    ) }}

    union all

    {{ missing_values(
        'stg_stripe__refunds',
        'refund_id',
        ['amount_minor', 'currency']
    ) }}

    union all

    {{ missing_values(
        'stg_stripe__balance_transactions',
        'balance_transaction_id',
        ['amount_minor', 'currency']
    ) }}

    union all

    {{ missing_values(
        'stg_stripe__disputes',
        'dispute_id',
        ['amount_minor', 'currency']
    ) }}

    union all

    {{ missing_values(
        'stg_stripe__invoices',
        'invoice_id',
        ['total_minor', 'currency']
    ) }}

    union all

    {{ missing_values(
        'stg_stripe__invoice_lines',
        'invoice_line_id',
        ['amount_minor']
    ) }}

)

select * from missing
{% endcall %}
