-- What executive_summary_monthly says of the as-of day: customers in their home
-- currency, each once, and invoices in their own.
with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

homes as (

    select * from {{ ref('int_payments__home_currencies') }}

),

owing as (

    select * from {{ ref('int_receivables__customers_owing') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

past_due as (

    select distinct
        source_relation,
        customer_id
    from owing
    where past_due_invoice_count > 0

),

counted_customers as (

    select
        homes.source_relation,
        homes.currency,
        sum(case when customers.is_delinquent then 1 else 0 end)
            as delinquent_customer_count,
        sum(case when past_due.customer_id is not null then 1 else 0 end)
            as past_due_customer_count
    from homes
    left join customers
        on homes.source_relation = customers.source_relation
        and homes.customer_id = customers.customer_id
    left join past_due
        on homes.source_relation = past_due.source_relation
        and homes.customer_id = past_due.customer_id
    group by homes.source_relation, homes.currency

),

unpaid_invoices as (

    select
        source_relation,
        currency,
        count(*) as unpaid_invoice_count,
        sum(outstanding_amount) as unpaid_invoice_amount
    from invoices
    where is_open
    group by source_relation, currency

),

final as (

    select
        days.source_relation,
        days.currency,
        {{ count_figure('counted_customers.delinquent_customer_count') }}
            as delinquent_customer_count,
        {{ count_figure('counted_customers.past_due_customer_count') }}
            as past_due_customer_count,
        {{ count_figure('unpaid_invoices.unpaid_invoice_count') }}
            as unpaid_invoice_count,
        {{ amount_figure('unpaid_invoices.unpaid_invoice_amount') }}
            as unpaid_invoice_amount,
        {{ first_day_of('month', 'days.reporting_date') }} as reporting_month
    from days
    left join counted_customers
        on days.source_relation = counted_customers.source_relation
        and days.currency = counted_customers.currency
    left join unpaid_invoices
        on days.source_relation = unpaid_invoices.source_relation
        and days.currency = unpaid_invoices.currency
    where days.reporting_date = {{ as_of_date() }}

)

select * from final
