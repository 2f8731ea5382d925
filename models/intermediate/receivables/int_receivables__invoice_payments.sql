{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

-- When each part of an invoice was paid: charges in their order, each by what it
-- captured, until all that was paid is explained; the rest is dated by the invoice.
with

invoices as (

    select
        *,
        amount_due - outstanding_amount - bad_debt_amount as settled_amount
    from {{ touched('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')

),

charges as (

    select * from {{ touched('fct_charges') }}
    where gross_amount > 0

),

ordered as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        charges.charge_id,
        invoices.currency,
        charges.gross_amount,
        invoices.settled_amount
        - sum(charges.gross_amount) over (
            partition by charges.source_relation, charges.invoice_id
            order by charges.created_at, {{ binary_order('charges.charge_id') }}
            rows between unbounded preceding and current row
        ) as left_amount,
        charges.reporting_date as paid_date
    from invoices
    inner join charges
        on invoices.source_relation = charges.source_relation
        and invoices.invoice_id = charges.invoice_id
        and invoices.currency = charges.currency

),

charged as (

    select
        source_relation,
        invoice_id,
        charge_id,
        currency,
        case
            when left_amount >= 0 then gross_amount
            else gross_amount + left_amount
        end as paid_amount,
        paid_date
    from ordered
    where left_amount + gross_amount > 0

),

charged_in_all as (

    select
        source_relation,
        invoice_id,
        sum(paid_amount) as paid_amount
    from charged
    group by source_relation, invoice_id

),

final as (

    select
        source_relation,
        invoice_id,
        charge_id,
        currency,
        cast(paid_amount as {{ exact() }}) as paid_amount,
        false as is_date_estimated,
        paid_date
    from charged

    union all

    select
        invoices.source_relation,
        invoices.invoice_id,
        cast(null as {{ text() }}) as charge_id,
        invoices.currency,
        cast(
            invoices.settled_amount - coalesce(charged_in_all.paid_amount, 0)
            as {{ exact() }}
        ) as paid_amount,
        true as is_date_estimated,
        invoices.created_date as paid_date
    from invoices
    left join charged_in_all
        on invoices.source_relation = charged_in_all.source_relation
        and invoices.invoice_id = charged_in_all.invoice_id
    where invoices.settled_amount <> coalesce(charged_in_all.paid_amount, 0)

)

select * from final
