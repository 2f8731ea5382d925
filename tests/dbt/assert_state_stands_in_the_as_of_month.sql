-- Figures of state stand in the as-of month only, so that nobody sums them; there they
-- are those of customers and of receivables by age.
{% call if_built() %}
with

months as (

    select
        source_relation,
        currency,
        delinquent_customer_count,
        past_due_customer_count,
        unpaid_invoice_count,
        unpaid_invoice_amount,
        reporting_month,
        reporting_month = cast('{{ as_of_day().replace(day=1) }}' as date)
            as is_as_of_month
    from {{ ref('executive_summary_monthly') }}

),

invoices as (

    select
        source_relation,
        currency,
        sum(invoice_count) as unpaid_invoice_count,
        sum(outstanding_amount) as unpaid_invoice_amount
    from {{ ref('accounts_receivable_aging') }}
    group by
        source_relation,
        currency

),

past_due as (

    select distinct
        source_relation,
        customer_id
    from {{ ref('fct_invoices') }}
    where is_past_due
        and customer_id is not null

),

past_due_customers as (

    select
        past_due.source_relation,
        homes.currency,
        count(*) as past_due_customer_count
    from past_due
    left join {{ ref('int_payments__home_currencies') }} as homes
        on past_due.source_relation = homes.source_relation
        and past_due.customer_id = homes.customer_id
    group by
        past_due.source_relation,
        homes.currency

),

customers as (

    select
        source_relation,
        currency,
        sum(case when is_delinquent then 1 else 0 end) as delinquent_customer_count
    from {{ ref('dim_customers') }}
    group by
        source_relation,
        currency

)

select months.*
from months
left join invoices
    on months.source_relation = invoices.source_relation
    and months.currency = invoices.currency
left join customers
    on months.source_relation = customers.source_relation
    and months.currency = customers.currency
left join past_due_customers
    on months.source_relation = past_due_customers.source_relation
    and months.currency = past_due_customers.currency
where (
    not months.is_as_of_month
    and coalesce(
        months.delinquent_customer_count,
        months.past_due_customer_count,
        months.unpaid_invoice_count,
        months.unpaid_invoice_amount
    ) is not null
)
or (
    months.is_as_of_month
    and (
        coalesce(months.delinquent_customer_count, -1)
        <> coalesce(customers.delinquent_customer_count, 0)
        or coalesce(months.past_due_customer_count, -1)
        <> coalesce(past_due_customers.past_due_customer_count, 0)
        or coalesce(months.unpaid_invoice_count, -1)
        <> invoices.unpaid_invoice_count
        or coalesce(months.unpaid_invoice_amount, -1)
        <> invoices.unpaid_invoice_amount
    )
)
{% endcall %}
