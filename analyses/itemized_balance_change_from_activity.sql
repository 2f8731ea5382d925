-- Stripe's itemized balance change from activity (…itemized.3) of the as-of month.
-- Segment's data cannot supply: automatic_payout_id and when it takes effect (null
-- here), the time of day in the reporting time zone (created and available_on are
-- days), customer_facing_amount of disputes, and the card of a payment_method_id that
-- is no card's id.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}
    where not is_payout
        and currency is not null
        and reporting_month = {{ first_day_of('month', as_of_date()) }}

),

charges as (

    select * from {{ ref('fct_charges') }}

),

refunds as (

    select * from {{ ref('fct_refunds') }}

),

disputes as (

    select * from {{ ref('fct_disputes') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

cards as (

    select * from {{ ref('stg_stripe__cards') }}

),

payment_methods as (

    select * from {{ ref('stg_stripe__payment_methods') }}

),

final as (

    select
        transactions.source_relation,
        transactions.balance_transaction_id,
        transactions.created_at as created_utc,
        transactions.reporting_date as created,
        transactions.available_at as available_on_utc,
        transactions.available_date as available_on,
        transactions.currency,
        transactions.transaction_amount as gross,
        transactions.fee_amount as fee,
        transactions.net_amount as net,
        transactions.reporting_category,
        transactions.source_id,
        transactions.description,
        case
            when refunds.refund_id is not null then refunds.requested_amount
            when transactions.reporting_category in ('charge', 'charge_failure')
                then charges.attempted_amount
        end as customer_facing_amount,
        case
            when refunds.refund_id is not null then refunds.currency
            when transactions.reporting_category in ('charge', 'charge_failure')
                then charges.currency
        end as customer_facing_currency,
        cast(null as {{ text() }}) as automatic_payout_id,
        cast(null as {{ moment() }}) as automatic_payout_effective_at_utc,
        transactions.customer_id,
        customers.email as customer_email,
        transactions.charge_id,
        charges.payment_intent_id,
        charges.created_at as charge_created_utc,
        transactions.invoice_id,
        invoices.subscription_id,
        payment_methods.type as payment_method_type,
        cards.brand as card_brand,
        cards.funding as card_funding,
        cards.country as card_country,
        charges.statement_descriptor,
        disputes.reason as dispute_reason,
        transactions.transfer_id
    from transactions
    left join charges
        on transactions.source_relation = charges.source_relation
        and transactions.charge_id = charges.charge_id
    left join refunds
        on transactions.source_relation = refunds.source_relation
        and transactions.refund_id = refunds.refund_id
    left join disputes
        on transactions.source_relation = disputes.source_relation
        and transactions.dispute_id = disputes.dispute_id
    left join customers
        on transactions.source_relation = customers.source_relation
        and transactions.customer_id = customers.customer_id
    left join invoices
        on transactions.source_relation = invoices.source_relation
        and transactions.invoice_id = invoices.invoice_id
    left join cards
        on charges.source_relation = cards.source_relation
        and charges.payment_method_id = cards.card_id
    left join payment_methods
        on charges.source_relation = payment_methods.source_relation
        and charges.payment_method_id = payment_methods.payment_method_id

)

select * from final
order by
    created_utc asc,
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('balance_transaction_id') }} asc
