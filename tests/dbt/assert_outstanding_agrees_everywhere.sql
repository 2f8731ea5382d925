-- What is outstanding is one figure: in the invoices, rolled forward, by age, and by
-- customer together with the invoices that have none. An invoice of which no amount due
-- is known is not in the roll-forward.
{% call if_built() %}
with

days as (

    select
        source_relation,
        currency,
        sum(outstanding_amount) as aged_amount,
        sum(invoice_count) as aged_count
    from {{ ref('accounts_receivable_aging') }}
    group by
        source_relation,
        currency

),

invoices as (

    select
        source_relation,
        currency,
        sum(amount_remaining - bad_debt_amount) as outstanding_amount,
        sum(
            case when amount_due is not null then amount_remaining - bad_debt_amount end
        ) as rolled_amount,
        sum(case when customer_id is null then amount_remaining - bad_debt_amount end)
            as unassigned_amount,
        sum(case when customer_id is null then 1 else 0 end) as unassigned_count,
        count(*) as invoice_count
    from {{ ref('fct_invoices') }}
    where status = 'open'
    group by
        source_relation,
        currency

),

customers as (

    select
        source_relation,
        currency,
        sum(outstanding_amount) as outstanding_amount,
        sum(
            current_amount + days_1_30_amount + days_31_60_amount
            + days_61_90_amount + over_90_amount
        ) as bucket_amount,
        sum(open_invoice_count) as invoice_count
    from {{ ref('finance_operations_delinquent_customers') }}
    group by
        source_relation,
        currency

),

months as (

    select * from {{ ref('receivables_monthly') }}
    where reporting_month = cast('{{ as_of_day().replace(day=1) }}' as date)

),

compared as (

    select
        days.source_relation,
        days.currency,
        days.aged_amount,
        coalesce(invoices.outstanding_amount, 0) as outstanding_amount,
        coalesce(invoices.rolled_amount, 0) as rolled_amount,
        months.closing_amount,
        coalesce(customers.outstanding_amount, 0)
        + coalesce(invoices.unassigned_amount, 0) as customer_amount,
        coalesce(customers.bucket_amount, 0)
        + coalesce(invoices.unassigned_amount, 0) as customer_bucket_amount,
        days.aged_count,
        coalesce(invoices.invoice_count, 0) as invoice_count,
        coalesce(customers.invoice_count, 0)
        + coalesce(invoices.unassigned_count, 0) as customer_invoice_count
    from days
    left join invoices
        on days.source_relation = invoices.source_relation
        and days.currency = invoices.currency
    left join customers
        on days.source_relation = customers.source_relation
        and days.currency = customers.currency
    left join months
        on days.source_relation = months.source_relation
        and days.currency = months.currency

)

select *
from compared
where aged_amount <> outstanding_amount
    or closing_amount <> rolled_amount
    or aged_amount <> customer_amount
    or aged_amount <> customer_bucket_amount
    or aged_count <> invoice_count
    or aged_count <> customer_invoice_count
{% endcall %}
