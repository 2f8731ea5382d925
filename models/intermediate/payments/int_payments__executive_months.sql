-- The daily figures summed by month, twice: for the month itself and, dated one month
-- on, as what that next month is compared with. The as-of month is compared with the
-- same days of the month before it, every other month with the whole month.
{%- set as_of = as_of_day() %}

with

days as (

    select * from {{ ref('executive_summary_daily') }}

),

periods as (

    select
        *,
        false as is_previous,
        reporting_month as compared_month
    from days

    union all

    select
        *,
        true as is_previous,
        cast({{ dbt.dateadd('month', 1, 'reporting_month') }} as date)
            as compared_month
    from days

),

summed as (

    select
        source_relation,
        currency,
        cast(sum(attempted_charge_count) as {{ dbt.type_bigint() }})
            as attempted_charge_count,
        cast(sum(attempted_charge_amount) as numeric(38, 6)) as attempted_charge_amount,
        cast(sum(succeeded_charge_count) as {{ dbt.type_bigint() }})
            as succeeded_charge_count,
        cast(sum(gross_charge_count) as {{ dbt.type_bigint() }}) as gross_charge_count,
        cast(sum(gross_charge_amount) as numeric(38, 6)) as gross_charge_amount,
        cast(sum(failed_charge_count) as {{ dbt.type_bigint() }})
            as failed_charge_count,
        cast(sum(failed_charge_amount) as numeric(38, 6)) as failed_charge_amount,
        cast(sum(pending_charge_count) as {{ dbt.type_bigint() }})
            as pending_charge_count,
        cast(sum(pending_charge_amount) as numeric(38, 6)) as pending_charge_amount,
        cast(sum(refund_count) as {{ dbt.type_bigint() }}) as refund_count,
        cast(sum(refund_amount) as numeric(38, 6)) as refund_amount,
        cast(sum(refunded_charge_count) as {{ dbt.type_bigint() }})
            as refunded_charge_count,
        cast(sum(refunded_charge_amount) as numeric(38, 6)) as refunded_charge_amount,
        cast(sum(net_charge_amount) as numeric(38, 6)) as net_charge_amount,
        cast(sum(net_charge_cohort_amount) as numeric(38, 6))
            as net_charge_cohort_amount,
        cast(sum(succeeded_payment_count) as {{ dbt.type_bigint() }})
            as succeeded_payment_count,
        cast(sum(failed_payment_count) as {{ dbt.type_bigint() }})
            as failed_payment_count,
        cast(sum(new_customer_count) as {{ dbt.type_bigint() }}) as new_customer_count,
        is_previous,
        compared_month as reporting_month
    from periods
    where not is_previous
        or compared_month < cast('{{ as_of.replace(day=1) }}' as date)
        or extract(day from reporting_date) <= {{ as_of.day }}
    group by
        source_relation,
        currency,
        is_previous,
        compared_month

),

months as (

    select * from summed
    where not is_previous

),

previous as (

    select * from summed
    where is_previous

),

final as (

    select
        months.source_relation,
        months.currency,
        months.attempted_charge_count,
        months.attempted_charge_amount,
        months.succeeded_charge_count,
        months.gross_charge_count,
        months.gross_charge_amount,
        months.failed_charge_count,
        months.failed_charge_amount,
        months.pending_charge_count,
        months.pending_charge_amount,
        months.refund_count,
        months.refund_amount,
        months.refunded_charge_count,
        months.refunded_charge_amount,
        months.net_charge_amount,
        months.net_charge_cohort_amount,
        months.succeeded_payment_count,
        months.failed_payment_count,
        months.new_customer_count,
        previous.attempted_charge_count as previous_attempted_charge_count,
        previous.attempted_charge_amount as previous_attempted_charge_amount,
        previous.succeeded_charge_count as previous_succeeded_charge_count,
        previous.gross_charge_count as previous_gross_charge_count,
        previous.gross_charge_amount as previous_gross_charge_amount,
        previous.failed_charge_count as previous_failed_charge_count,
        previous.failed_charge_amount as previous_failed_charge_amount,
        previous.pending_charge_count as previous_pending_charge_count,
        previous.pending_charge_amount as previous_pending_charge_amount,
        previous.refund_count as previous_refund_count,
        previous.refund_amount as previous_refund_amount,
        previous.refunded_charge_count as previous_refunded_charge_count,
        previous.refunded_charge_amount as previous_refunded_charge_amount,
        previous.net_charge_amount as previous_net_charge_amount,
        previous.net_charge_cohort_amount as previous_net_charge_cohort_amount,
        previous.succeeded_payment_count as previous_succeeded_payment_count,
        previous.failed_payment_count as previous_failed_payment_count,
        previous.new_customer_count as previous_new_customer_count,
        months.reporting_month
    from months
    left join previous
        on months.source_relation = previous.source_relation
        and months.currency = previous.currency
        and months.reporting_month = previous.reporting_month

)

select * from final
