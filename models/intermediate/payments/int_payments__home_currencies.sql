-- Where each customer is counted, once: its own currency, else that of its first
-- charge, else of its first invoice, else the account's default.
with

customers as (

    select * from {{ ref('stg_stripe__customers') }}

),

charges as (

    select * from {{ ref('int_payments__charges_captured') }}

),

invoices as (

    select * from {{ ref('stg_stripe__invoices') }}

),

default_currencies as (

    select * from {{ ref('int_payments__default_currencies') }}

),

without_currency as (

    select
        source_relation,
        customer_id
    from customers
    where currency is null

),

ranked as (

    select
        without_currency.source_relation,
        without_currency.customer_id,
        charges.currency as charge_currency,
        invoices.currency as invoice_currency,
        row_number() over (
            partition by
                without_currency.source_relation,
                without_currency.customer_id
            order by
                charges.created_at nulls last,
                {{ binary_order('charges.charge_id') }} nulls last,
                invoices.created_at nulls last,
                {{ binary_order('invoices.invoice_id') }} nulls last
        ) as document_rank
    from without_currency
    left join charges
        on without_currency.source_relation = charges.source_relation
        and without_currency.customer_id = charges.customer_id
    left join invoices
        on charges.charge_id is null
        and without_currency.source_relation = invoices.source_relation
        and without_currency.customer_id = invoices.customer_id
        and {{ reporting_date('invoices.created_at') }} <= {{ as_of_date() }}

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        coalesce(
            customers.currency,
            ranked.charge_currency,
            ranked.invoice_currency,
            default_currencies.currency,
            'usd'
        ) as currency
    from customers
    left join ranked
        on customers.source_relation = ranked.source_relation
        and customers.customer_id = ranked.customer_id
        and ranked.document_rank = 1
    left join default_currencies
        on customers.source_relation = default_currencies.source_relation

)

select * from final
