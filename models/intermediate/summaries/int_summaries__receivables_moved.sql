-- What entered and left the receivables, by month, for every month of the calendar.
with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

months as (

    select
        source_relation,
        currency,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month,
        max(zero_amount) as zero_amount
    from days
    group by
        source_relation,
        currency,
        {{ first_day_of('month', 'reporting_date') }}

),

payments as (

    select
        *,
        {{ first_day_of('month', 'paid_date') }} as reporting_month
    from {{ ref('int_receivables__invoice_payments') }}

),

invoiced as (

    -- Nothing delivered says when an invoice was written off.
    select
        source_relation,
        currency,
        reporting_month,
        sum(amount_due) as invoiced_amount,
        sum(bad_debt_amount) as written_off_amount
    from invoices
    where status in ('open', 'paid', 'uncollectible')
        and amount_due is not null
    group by source_relation, currency, reporting_month

),

paid as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(paid_amount) as paid_amount,
        sum(case when is_date_estimated then paid_amount end) as estimated_paid_amount
    from payments
    group by source_relation, currency, reporting_month

),

final as (

    select
        months.source_relation,
        months.currency,
        {{ amount_figure('invoiced.invoiced_amount') }}
            as invoiced_amount,
        {{ amount_figure('paid.paid_amount') }} as paid_amount,
        {{ amount_figure('invoiced.written_off_amount') }}
            as written_off_amount,
        {{ amount_figure('paid.estimated_paid_amount') }}
            as estimated_paid_amount,
        months.zero_amount,
        months.reporting_month
    from months
    left join invoiced
        on months.source_relation = invoiced.source_relation
        and months.currency = invoiced.currency
        and months.reporting_month = invoiced.reporting_month
    left join paid
        on months.source_relation = paid.source_relation
        and months.currency = paid.currency
        and months.reporting_month = paid.reporting_month

)

select * from final
