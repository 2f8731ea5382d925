-- What was owed at each month's end, by age. The as-of month ends on the as-of day.
with

months as (

    select
        source_relation,
        currency,
        reporting_month,
        {{ closing_date('reporting_month') }} as last_date
    from {{ ref('int_summaries__receivables_moved') }}

),

owed as (

    select * from {{ ref('int_receivables__invoices_owed') }}

),

aged as (

    select
        months.source_relation,
        months.currency,
        months.reporting_month,
        owed.owed_amount,
        {{ ageing_bucket(dbt.datediff(
            'owed.effective_due_date', 'months.last_date', 'day'
        )) }} as ageing_bucket
    from owed
    inner join months
        on owed.source_relation = months.source_relation
        and owed.currency = months.currency
        and owed.first_month <= months.reporting_month
        and coalesce(owed.next_month > months.reporting_month, true)

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
