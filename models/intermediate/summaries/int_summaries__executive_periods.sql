-- The daily figures summed by month, twice: for the month itself and, dated one month
-- on, as what that next month is compared with. The as-of month is compared with the
-- same days of the month before it (days beyond weigh nothing), every other month with
-- the whole month.
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

weighted as (

    select
        *,
        case
            when is_previous
                and compared_month >= cast('{{ as_of.replace(day=1) }}' as date)
                and extract(day from reporting_date) > {{ as_of.day }}
                then 0
            else 1
        end as weight
    from periods

),

final as (

    select
        source_relation,
        currency,
        cast(sum(attempted_charge_count * weight) as {{ dbt.type_bigint() }})
            as attempted_charge_count,
        cast(sum(attempted_charge_amount * weight) as numeric(38, 6))
            as attempted_charge_amount,
        cast(sum(succeeded_charge_count * weight) as {{ dbt.type_bigint() }})
            as succeeded_charge_count,
        cast(sum(gross_charge_count * weight) as {{ dbt.type_bigint() }})
            as gross_charge_count,
        cast(sum(gross_charge_amount * weight) as numeric(38, 6))
            as gross_charge_amount,
        cast(sum(failed_charge_count * weight) as {{ dbt.type_bigint() }})
            as failed_charge_count,
        cast(sum(failed_charge_amount * weight) as numeric(38, 6))
            as failed_charge_amount,
        cast(sum(pending_charge_count * weight) as {{ dbt.type_bigint() }})
            as pending_charge_count,
        cast(sum(pending_charge_amount * weight) as numeric(38, 6))
            as pending_charge_amount,
        cast(sum(refund_count * weight) as {{ dbt.type_bigint() }}) as refund_count,
        cast(sum(refund_amount * weight) as numeric(38, 6)) as refund_amount,
        cast(sum(refunded_charge_count * weight) as {{ dbt.type_bigint() }})
            as refunded_charge_count,
        cast(sum(refunded_charge_amount * weight) as numeric(38, 6))
            as refunded_charge_amount,
        cast(sum(net_charge_amount * weight) as numeric(38, 6)) as net_charge_amount,
        cast(sum(net_charge_cohort_amount * weight) as numeric(38, 6))
            as net_charge_cohort_amount,
        cast(sum(succeeded_payment_count * weight) as {{ dbt.type_bigint() }})
            as succeeded_payment_count,
        cast(sum(failed_payment_count * weight) as {{ dbt.type_bigint() }})
            as failed_payment_count,
        cast(sum(new_customer_count * weight) as {{ dbt.type_bigint() }})
            as new_customer_count,
        is_previous,
        compared_month as reporting_month
    from weighted
    group by
        source_relation,
        currency,
        is_previous,
        compared_month

)

select * from final
