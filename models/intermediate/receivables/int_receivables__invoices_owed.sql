{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

-- What was owed of an invoice at the ends of months: from its creation, less what was
-- paid since, each time that it changed.
with

invoices as (

    select * from {{ touched('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')

),

movements as (

    select
        source_relation,
        invoice_id,
        amount_due - bad_debt_amount as moved_amount,
        reporting_month
    from invoices

    union all

    select
        source_relation,
        invoice_id,
        -paid_amount as moved_amount,
        {{ first_day_of('month', 'paid_date') }} as reporting_month
    from {{ touched('int_receivables__invoice_payments') }}

),

moved as (

    select
        source_relation,
        invoice_id,
        reporting_month,
        sum(moved_amount) as moved_amount
    from movements
    group by source_relation, invoice_id, reporting_month

),

owed as (

    select
        source_relation,
        invoice_id,
        reporting_month as first_month,
        sum(moved_amount) over (
            partition by source_relation, invoice_id
            order by reporting_month
            rows between unbounded preceding and current row
        ) as owed_amount,
        lead(reporting_month) over (
            partition by source_relation, invoice_id
            order by reporting_month
        ) as next_month
    from moved

),

final as (

    select
        owed.source_relation,
        owed.invoice_id,
        invoices.currency,
        cast(owed.owed_amount as {{ exact() }}) as owed_amount,
        invoices.effective_due_date,
        owed.first_month,
        owed.next_month
    from owed
    inner join invoices
        on owed.source_relation = invoices.source_relation
        and owed.invoice_id = invoices.invoice_id
    where owed.owed_amount <> 0

)

select * from final
