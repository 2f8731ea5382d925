{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

-- Where each customer is counted, once: its own currency, else that of its first
-- charge, else of its first invoice, else the account's default.
with

customers as (

    select * from {{ touched('int_payments__customers_found') }}

),

charges as (

    select * from {{ touched('int_payments__charges_captured') }}

),

invoices as (

    select * from {{ touched('int_payments__invoices_live') }}
    where is_by_as_of

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

ranked_charges as (

    select
        charges.source_relation,
        charges.customer_id,
        charges.currency,
        row_number() over (
            partition by charges.source_relation, charges.customer_id
            order by
                charges.created_at,
                {{ binary_order('charges.charge_id') }}
        ) as charge_rank
    from charges
    inner join without_currency
        on charges.source_relation = without_currency.source_relation
        and charges.customer_id = without_currency.customer_id
    where charges.currency is not null
        and charges.created_at is not null

),

ranked_invoices as (

    select
        invoices.source_relation,
        invoices.customer_id,
        invoices.currency,
        row_number() over (
            partition by invoices.source_relation, invoices.customer_id
            order by
                invoices.created_at,
                {{ binary_order('invoices.invoice_id') }}
        ) as invoice_rank
    from invoices
    inner join without_currency
        on invoices.source_relation = without_currency.source_relation
        and invoices.customer_id = without_currency.customer_id
    where invoices.currency is not null
        and invoices.created_at is not null

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        coalesce(
            customers.currency,
            ranked_charges.currency,
            ranked_invoices.currency,
            {{ default_currency() }}
        ) as currency
    from customers
    left join ranked_charges
        on customers.source_relation = ranked_charges.source_relation
        and customers.customer_id = ranked_charges.customer_id
        and ranked_charges.charge_rank = 1
    left join ranked_invoices
        on customers.source_relation = ranked_invoices.source_relation
        and customers.customer_id = ranked_invoices.customer_id
        and ranked_invoices.invoice_rank = 1
    left join default_currencies
        on customers.source_relation = default_currencies.source_relation

)

select * from final
