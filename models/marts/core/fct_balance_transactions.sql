{{ config(
    materialized=by_object('table'), meta={'object': 'balance_transaction_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

transactions as (

    select * from {{ touched('int_balances__transactions_classified') }}
    where reporting_date is not null

),

charges as (

    select * from {{ touched('int_payments__charges_captured') }}
    where reporting_date is not null

),

transfers as (

    select * from {{ touched('stg_stripe__transfers') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

final as (

    select
        transactions.source_relation,
        transactions.balance_transaction_id,
        transactions.charge_id,
        charges.customer_id,
        transactions.dispute_id,
        charges.invoice_id,
        transactions.payout_id,
        transactions.refund_id,
        transactions.source_id,
        transactions.transfer_id,
        transactions.currency,
        transactions.description,
        transactions.exchange_rate,
        transactions.reporting_category,
        transactions.status,
        transactions.type,
        {{ major_units('transactions.amount_minor') }} as transaction_amount,
        {{ major_units('transactions.fee_minor') }} as fee_amount,
        {{ major_units('transactions.net_minor') }} as net_amount,
        transactions.is_net_volume,
        transactions.reporting_category in ('payout', 'payout_reversal')
        or (
            transactions.reporting_category in ('transfer', 'transfer_reversal')
            and transfers.bank_account_id is not null
        ) as is_payout,
        {{ reporting_date('transactions.available_at') }} as available_date,
        transactions.reporting_date,
        {{ first_day_of('week', 'transactions.reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'transactions.reporting_date') }} as reporting_month,
        transactions.available_at,
        transactions.created_at
    from transactions
    left join charges
        on transactions.source_relation = charges.source_relation
        and transactions.charge_id = charges.charge_id
    left join transfers
        on transactions.source_relation = transfers.source_relation
        -- A reversal goes where its transfer went.
        and coalesce(transactions.transfer_id, transactions.reversed_transfer_id)
        = transfers.transfer_id
    left join currencies
        on transactions.currency = currencies.currency

)

select * from final
