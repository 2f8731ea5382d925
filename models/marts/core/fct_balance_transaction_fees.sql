{{ config(
    materialized=by_object('table'), meta={'object': 'fee_detail_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

fee_details as (

    select * from {{ touched('stg_stripe__balance_transaction_fee_details') }}

),

transactions as (

    select * from {{ touched('fct_balance_transactions') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

final as (

    select
        fee_details.source_relation,
        fee_details.fee_detail_id,
        fee_details.balance_transaction_id,
        transactions.charge_id,
        transactions.customer_id,
        fee_details.application_id,
        coalesce(fee_details.currency, transactions.currency) as currency,
        fee_details.description,
        fee_details.type,
        {{ major_units('fee_details.amount_minor') }} as fee_amount,
        transactions.reporting_date,
        transactions.reporting_week,
        transactions.reporting_month
    from fee_details
    inner join transactions
        on fee_details.source_relation = transactions.source_relation
        and fee_details.balance_transaction_id = transactions.balance_transaction_id
    left join currencies
        on coalesce(fee_details.currency, transactions.currency) = currencies.currency

)

select * from final
