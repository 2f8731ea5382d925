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
        {{ weighted_sum('attempted_charge_count') }} as attempted_charge_count,
        {{ weighted_sum('attempted_charge_amount') }} as attempted_charge_amount,
        {{ weighted_sum('succeeded_charge_count') }} as succeeded_charge_count,
        {{ weighted_sum('gross_charge_count') }} as gross_charge_count,
        {{ weighted_sum('gross_charge_amount') }} as gross_charge_amount,
        {{ weighted_sum('failed_charge_count') }} as failed_charge_count,
        {{ weighted_sum('failed_charge_amount') }} as failed_charge_amount,
        {{ weighted_sum('pending_charge_count') }} as pending_charge_count,
        {{ weighted_sum('pending_charge_amount') }} as pending_charge_amount,
        {{ weighted_sum('refund_count') }} as refund_count,
        {{ weighted_sum('refund_amount') }} as refund_amount,
        {{ weighted_sum('refunded_charge_count') }} as refunded_charge_count,
        {{ weighted_sum('refunded_charge_amount') }} as refunded_charge_amount,
        {{ weighted_sum('dispute_count') }} as dispute_count,
        {{ weighted_sum('dispute_amount') }} as dispute_amount,
        {{ weighted_sum('net_charge_amount') }} as net_charge_amount,
        {{ weighted_sum('net_charge_cohort_amount') }} as net_charge_cohort_amount,
        {{ weighted_sum('net_volume_amount') }} as net_volume_amount,
        {{ weighted_sum('succeeded_payment_count') }} as succeeded_payment_count,
        {{ weighted_sum('failed_payment_count') }} as failed_payment_count,
        {{ weighted_sum('new_customer_count') }} as new_customer_count,
        {{ weighted_sum('days_to_payment_total') }} as days_to_payment_total,
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
