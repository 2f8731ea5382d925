-- What executive_summary_monthly says of the as-of day: customers in their home
-- currency, each once, and invoices in their own.
with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

invoices as (

    select * from {{ rows_of(
        'receivables', 'fct_invoices',
        string=['source_relation', 'customer_id', 'currency', 'home_currency'],
        numeric=['outstanding_amount'], boolean=['is_open', 'is_past_due'],
    ) }}

),

delinquent as (

    select
        source_relation,
        currency,
        count(*) as customer_count
    from customers
    where is_delinquent
    group by source_relation, currency

),

past_due as (

    -- Also of customers whose row is not delivered.
    select
        source_relation,
        home_currency,
        count(distinct customer_id) as customer_count
    from invoices
    where is_past_due
    group by source_relation, home_currency

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
        {{ count_figure('delinquent.customer_count') }} as delinquent_customer_count,
        {{ count_figure('past_due.customer_count') }} as past_due_customer_count,
        {{ count_figure('unpaid_invoices.unpaid_invoice_count') }}
            as unpaid_invoice_count,
        {{ amount_figure('unpaid_invoices.unpaid_invoice_amount') }}
            as unpaid_invoice_amount,
        {{ first_day_of('month', 'days.reporting_date') }} as reporting_month
    from days
    left join delinquent
        on days.source_relation = delinquent.source_relation
        and days.currency = delinquent.currency
    left join past_due
        on days.source_relation = past_due.source_relation
        and days.currency = past_due.home_currency
    left join unpaid_invoices
        on days.source_relation = unpaid_invoices.source_relation
        and days.currency = unpaid_invoices.currency
    where days.reporting_date = {{ as_of_date() }}

)

select * from final
