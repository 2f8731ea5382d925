{{ config(materialized=by_object('table'), meta={'object': 'balance_transaction_id'}) }}
-- What each balance transaction belongs to: its source, else an object that names it.
with

transactions as (

    select * from {{ touched('int_payments__transactions_live') }}

),

naming_objects as (

    select * from {{ touched('int_payments__naming_objects') }}

),

charges as (

    select * from {{ touched('stg_stripe__charges') }}
    where created_at is not null
        and {{ is_by_as_of('created_at') }}

),

refunds as (

    select * from {{ touched('stg_stripe__refunds') }}

),

disputes as (

    select * from {{ touched('int_payments__disputes_found') }}

),

disputed_charges as (

    select * from {{ touched('int_payments__disputed_charges') }}

),

transfers as (

    select * from {{ touched('stg_stripe__transfers') }}

),

transfer_reversals as (

    select * from {{ touched('stg_stripe__transfer_reversals') }}

),

final as (

    select
        transactions.source_relation,
        transactions.balance_transaction_id,
        transactions.source_id,
        transactions.currency,
        transactions.description,
        transactions.exchange_rate,
        transactions.delivered_category,
        transactions.status,
        transactions.type,
        transactions.plain_type,
        transactions.amount_minor,
        transactions.fee_minor,
        transactions.net_minor,
        coalesce(
            naming_objects.charge_id,
            charges.charge_id,
            refunds.charge_id,
            naming_objects.refunded_charge_id,
            disputes.charge_id,
            disputed_charges.charge_id
        ) as charge_id,
        disputes.dispute_id,
        coalesce(refunds.refund_id, naming_objects.refund_id) as refund_id,
        coalesce(transfers.transfer_id, naming_objects.transfer_id) as transfer_id,
        transfer_reversals.transfer_id as reversed_transfer_id,
        coalesce(disputes.dispute_id, disputed_charges.dispute_id) is not null
            as is_of_dispute,
        refunds.refund_id is not null as is_of_refund,
        charges.charge_id is not null as is_of_charge,
        naming_objects.charge_id is not null
        or (
            charges.charge_id is not null
            and coalesce(transactions.plain_type in ('charge', 'payment'), false)
        ) as is_payment,
        transactions.is_by_as_of,
        transactions.available_at,
        transactions.created_at
    from transactions
    left join naming_objects
        on transactions.source_relation = naming_objects.source_relation
        and transactions.balance_transaction_id = naming_objects.balance_transaction_id
    left join charges
        on transactions.source_relation = charges.source_relation
        and transactions.source_id = charges.charge_id
    left join refunds
        on transactions.source_relation = refunds.source_relation
        and transactions.source_id = refunds.refund_id
    left join disputes
        on transactions.source_relation = disputes.source_relation
        and transactions.source_id = disputes.dispute_id
    left join disputed_charges
        on transactions.source_relation = disputed_charges.source_relation
        and transactions.source_id = disputed_charges.dispute_id
    left join transfers
        on transactions.source_relation = transfers.source_relation
        and transactions.source_id = transfers.transfer_id
    left join transfer_reversals
        on transactions.source_relation = transfer_reversals.source_relation
        and transactions.source_id = transfer_reversals.transfer_reversal_id

)

select * from final
