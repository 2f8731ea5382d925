-- Receivables by age against the open invoices: each once, and each customer once.
{% call if_built() %}
with

invoices as (

    select
        source_relation,
        currency,
        ageing_bucket,
        count(*) as invoice_count,
        sum(amount_remaining - bad_debt_amount) as outstanding_amount
    from {{ ref('fct_invoices') }}
    where status = 'open'
    group by
        source_relation,
        currency,
        ageing_bucket

),

customers as (

    select distinct
        source_relation,
        currency,
        ageing_bucket,
        customer_id
    from {{ ref('fct_invoices') }}
    where status = 'open'
        and customer_id is not null

),

counted as (

    select
        source_relation,
        currency,
        ageing_bucket,
        count(*) as customer_count
    from customers
    group by
        source_relation,
        currency,
        ageing_bucket

)

select
    ages.source_relation,
    ages.currency,
    ages.ageing_bucket,
    ages.invoice_count,
    ages.customer_count,
    ages.outstanding_amount
from {{ ref('accounts_receivable_aging') }} as ages
left join invoices
    on ages.source_relation = invoices.source_relation
    and ages.currency = invoices.currency
    and ages.ageing_bucket = invoices.ageing_bucket
left join counted
    on ages.source_relation = counted.source_relation
    and ages.currency = counted.currency
    and ages.ageing_bucket = counted.ageing_bucket
where ages.invoice_count <> coalesce(invoices.invoice_count, 0)
    or ages.customer_count <> coalesce(counted.customer_count, 0)
    or ages.outstanding_amount <> coalesce(invoices.outstanding_amount, 0)
{% endcall %}
