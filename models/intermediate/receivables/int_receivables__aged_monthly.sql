-- What was owed at the end of every month, by age: of each invoice from its creation, less
-- what was paid since. The as-of month ends on the as-of day.
with

months as (

    select
        source_relation,
        currency,
        reporting_month,
        case
            when reporting_month = {{ first_day_of('month', as_of_date()) }}
                then {{ as_of_date() }}
            else cast(
                {{ dbt.dateadd(
                    'day', -1, dbt.dateadd('month', 1, 'reporting_month')
                ) }} as date
            )
        end as last_date
    from {{ ref('int_receivables__moved_monthly') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')

),

payments as (

    select * from {{ ref('int_receivables__invoice_payments') }}

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
    from payments

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

aged as (

    select
        months.source_relation,
        months.currency,
        months.reporting_month,
        owed.owed_amount,
        {{ ageing_bucket(dbt.datediff(
            'invoices.effective_due_date', 'months.last_date', 'day'
        )) }} as ageing_bucket
    from owed
    inner join invoices
        on owed.source_relation = invoices.source_relation
        and owed.invoice_id = invoices.invoice_id
    inner join months
        on owed.source_relation = months.source_relation
        and invoices.currency = months.currency
        and owed.first_month <= months.reporting_month
        and coalesce(owed.next_month > months.reporting_month, true)
    where owed.owed_amount <> 0

),

final as (

    select
        source_relation,
        currency,
        reporting_month,
        sum(case when ageing_bucket = 'current' then owed_amount end)
            as current_amount,
        sum(case when ageing_bucket = '1_30' then owed_amount end)
            as days_1_30_amount,
        sum(case when ageing_bucket = '31_60' then owed_amount end)
            as days_31_60_amount,
        sum(case when ageing_bucket = '61_90' then owed_amount end)
            as days_61_90_amount,
        sum(case when ageing_bucket = 'over_90' then owed_amount end)
            as over_90_amount
    from aged
    group by source_relation, currency, reporting_month

)

select * from final
