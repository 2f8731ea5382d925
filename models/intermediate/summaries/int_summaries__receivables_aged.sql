-- What was owed at the end of every month, by age: of each invoice from its creation,
-- less what was paid since. The as-of month ends on the as-of day.
with

months as (

    select
        source_relation,
        currency,
        reporting_month,
        {{ closing_date('reporting_month') }} as last_date
    from {{ ref('int_summaries__receivables_moved') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}
    where status in ('open', 'paid', 'uncollectible')

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
    from {{ ref('int_receivables__invoice_payments') }}

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
        {{ bucket_sum('current', 'owed_amount') }} as current_amount,
        {{ bucket_sum('1_30', 'owed_amount') }} as days_1_30_amount,
        {{ bucket_sum('31_60', 'owed_amount') }} as days_31_60_amount,
        {{ bucket_sum('61_90', 'owed_amount') }} as days_61_90_amount,
        {{ bucket_sum('over_90', 'owed_amount') }} as over_90_amount
    from aged
    group by source_relation, currency, reporting_month

)

select * from final
