{{ config(materialized=by_object('table'), meta={'object': 'balance_transaction_id'}) }}

-- Transactions that give back what a partial capture left; Stripe writes them as type
-- refund. In the order of evidence: its own category; no refund row names it or is its
-- source; its own words; or it is on a charge and no refund row can be what was paid.
-- Which refund rows are releases follows from the captured amounts, later.
with

transactions as (

    select
        *,
        {{ own_words('description') }} like '%partial%capture%' as is_told
    from {{ touched('int_payments__transactions_tied') }}
    where is_by_as_of

),

refunds as (

    select * from {{ touched('stg_stripe__refunds') }}

),

sources_with_refunds as (

    select * from {{ ref('int_payments__sources_with_refunds') }}

),

refunds_with_transactions as (

    select distinct
        source_relation,
        refund_id
    from transactions
    where is_of_refund

),

unpaid_refunds as (

    select refunds.*
    from refunds
    left join refunds_with_transactions as paid
        on refunds.source_relation = paid.source_relation
        and refunds.refund_id = paid.refund_id
    where refunds.balance_transaction_id is null
        and paid.refund_id is null
        and {{ is_by_as_of('refunds.created_at') }}

),

candidates as (

    select distinct
        transactions.source_relation,
        transactions.balance_transaction_id
    from transactions
    inner join unpaid_refunds
        on transactions.source_relation = unpaid_refunds.source_relation
        and transactions.source_id = unpaid_refunds.charge_id
        and (
            transactions.amount_minor = -unpaid_refunds.amount_minor
            or transactions.currency <> unpaid_refunds.currency
        )

),

final as (

    select
        transactions.source_relation,
        transactions.charge_id,
        transactions.balance_transaction_id,
        transactions.currency,
        transactions.amount_minor
    from transactions
    left join candidates
        on transactions.source_relation = candidates.source_relation
        and transactions.balance_transaction_id = candidates.balance_transaction_id
    left join sources_with_refunds
        on transactions.source_relation = sources_with_refunds.source_relation
    where transactions.delivered_category = 'partial_capture_reversal'
        or (
            transactions.delivered_category is null
            and transactions.plain_type in ('refund', 'payment_refund')
            and transactions.refund_id is null
            and (
                transactions.is_told
                or (
                    transactions.is_of_charge
                    and transactions.amount_minor < 0
                    and candidates.balance_transaction_id is null
                    and sources_with_refunds.source_relation is not null
                )
            )
        )

)

select * from final
