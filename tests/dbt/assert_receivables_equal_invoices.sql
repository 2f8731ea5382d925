-- What entered and left the receivables each month, recomputed from the invoices.
{% call if_built() %}
with

invoices as (

    select
        source_relation,
        invoice_id,
        currency,
        amount_due,
        bad_debt_amount as written_off_amount,
        amount_due - outstanding_amount - bad_debt_amount as settled_amount,
        reporting_month
    from {{ ref('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')
        and amount_due is not null

),

charged as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        invoices.currency,
        charges.reporting_month,
        invoices.settled_amount,
        charges.gross_amount,
        sum(charges.gross_amount) over (
            partition by invoices.source_relation, invoices.invoice_id
            order by charges.reporting_month
            rows between unbounded preceding and current row
        ) as gross_to_date
    from invoices
    inner join {{ ref('fct_charges') }} as charges
        on invoices.source_relation = charges.source_relation
        and invoices.invoice_id = charges.invoice_id
        and invoices.currency = charges.currency
    where charges.gross_amount > 0

),

charged_months as (

    -- By the month's end charges explain all that they captured, at most what was paid.
    select
        source_relation,
        invoice_id,
        currency,
        reporting_month,
        max(
            case
                when settled_amount <= 0 then 0
                when settled_amount < gross_to_date then settled_amount
                else gross_to_date
            end
        ) as explained_amount
    from charged
    group by
        source_relation,
        invoice_id,
        currency,
        reporting_month

),

explained as (

    select
        source_relation,
        invoice_id,
        max(explained_amount) as explained_amount
    from charged_months
    group by
        source_relation,
        invoice_id

),

moved as (

    select
        invoices.source_relation,
        invoices.currency,
        invoices.reporting_month,
        invoices.amount_due as invoiced_amount,
        invoices.settled_amount - coalesce(explained.explained_amount, 0)
            as paid_amount,
        invoices.written_off_amount
    from invoices
    left join explained
        on invoices.source_relation = explained.source_relation
        and invoices.invoice_id = explained.invoice_id

    union all

    select
        source_relation,
        currency,
        reporting_month,
        0 as invoiced_amount,
        explained_amount
        - coalesce(
            lag(explained_amount) over (
                partition by source_relation, invoice_id
                order by reporting_month
            ),
            0
        ) as paid_amount,
        0 as written_off_amount
    from charged_months

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
{% endcall %}
