-- What entered and left the receivables each month, recomputed from the invoices.
with

invoices as (

    select
        source_relation,
        currency,
        status,
        amount_due,
        amount_remaining,
        reporting_month,
        {{ first_day_of('month', 'paid_date') }} as paid_month
    from {{ ref('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')

),

moved as (

    select
        source_relation,
        currency,
        reporting_month,
        amount_due as invoiced_amount,
        0 * amount_due as paid_amount,
        case when status = 'uncollectible' then amount_remaining else 0 end
            as written_off_amount
    from invoices

    union all

    select
        source_relation,
        currency,
        paid_month as reporting_month,
        0 * amount_due as invoiced_amount,
        case when status = 'paid' then amount_due else amount_due - amount_remaining end
            as paid_amount,
        0 * amount_due as written_off_amount
    from invoices
    where paid_month is not null

),

expected as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(invoiced_amount) as invoiced_amount,
        sum(paid_amount) as paid_amount,
        sum(written_off_amount) as written_off_amount
    from moved
    group by
        source_relation,
        currency,
        reporting_month

),

months as (

    select
        *,
        {{ dbt.datediff(
            'reporting_month', dbt.dateadd('month', 1, 'reporting_month'), 'day'
        ) }} as length
    from {{ ref('receivables_monthly') }}

)

select
    months.source_relation,
    months.currency,
    months.reporting_month,
    months.invoiced_amount,
    expected.invoiced_amount as expected_invoiced_amount,
    months.paid_amount,
    expected.paid_amount as expected_paid_amount,
    months.written_off_amount,
    months.day_count,
    months.days_sales_outstanding
from months
left join expected
    on months.source_relation = expected.source_relation
    and months.currency = expected.currency
    and months.reporting_month = expected.reporting_month
where months.invoiced_amount <> coalesce(expected.invoiced_amount, 0)
    or months.paid_amount <> coalesce(expected.paid_amount, 0)
    or months.written_off_amount <> coalesce(expected.written_off_amount, 0)
    or months.day_count
    <> case
        when months.reporting_month = {{ first_day_of('month', as_of_date()) }}
            then {{ as_of_day().day }}
        else months.length
    end
    or abs(
        months.days_sales_outstanding * months.invoiced_amount
        - months.closing_amount * months.day_count
    ) > 0.0000005 * abs(months.invoiced_amount)
