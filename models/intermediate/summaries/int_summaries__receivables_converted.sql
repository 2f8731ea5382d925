-- What entered and left the receivables, by month, in the reporting currency: invoices
-- and payments of a day at its rate. No rows without a reporting currency.
with

invoices as (

    select * from {{ ref('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')
        and amount_due is not null
        and {{ has_reporting_currency() }}

),

payments as (

    select * from {{ ref('int_receivables__invoice_payments') }}
    where {{ has_reporting_currency() }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

flows as (

    select
        source_relation,
        currency,
        amount_due as invoiced_amount,
        bad_debt_amount as written_off_amount,
        amount_due * 0 as paid_amount,
        amount_due * 0 as estimated_paid_amount,
        reporting_date
    from invoices

    union all

    select
        source_relation,
        currency,
        paid_amount * 0 as invoiced_amount,
        paid_amount * 0 as written_off_amount,
        paid_amount,
        case when is_date_estimated then paid_amount else paid_amount * 0 end
            as estimated_paid_amount,
        paid_date as reporting_date
    from payments

),

days as (

    select
        source_relation,
        currency,
        sum(invoiced_amount) as invoiced_amount,
        sum(written_off_amount) as written_off_amount,
        sum(paid_amount) as paid_amount,
        sum(estimated_paid_amount) as estimated_paid_amount,
        reporting_date
    from flows
    group by source_relation, currency, reporting_date

),

converted as (

    select
        days.source_relation,
        days.currency,
        {{ converted('days.invoiced_amount', 'rates.exchange_rate') }}
            as invoiced_amount,
        {{ converted('days.written_off_amount', 'rates.exchange_rate') }}
            as written_off_amount,
        {{ converted('days.paid_amount', 'rates.exchange_rate') }} as paid_amount,
        {{ converted('days.estimated_paid_amount', 'rates.exchange_rate') }}
            as estimated_paid_amount,
        {{ first_day_of('month', 'days.reporting_date') }} as reporting_month
    from days
    left join rates
        on days.currency = rates.currency
        and days.reporting_date = rates.reporting_date

),

final as (

    select
        source_relation,
        currency,
        {{ whole_sum('invoiced_amount') }} as invoiced_amount,
        {{ whole_sum('written_off_amount') }} as written_off_amount,
        {{ whole_sum('paid_amount') }} as paid_amount,
        {{ whole_sum('estimated_paid_amount') }} as estimated_paid_amount,
        reporting_month
    from converted
    group by source_relation, currency, reporting_month

)

select * from final
