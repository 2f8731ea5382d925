-- Running totals, computed once: metrics of type cumulative would join every day with
-- all rows before it, seconds on the sample account and minutes on a large one.
with

days as (

    select * from {{ ref('executive_summary_daily') }}

),

final as (

    select
        source_relation,
        currency,
        {{ total_to_date('gross_charge_amount') }}
            as cumulative_gross_charge_amount,
        {{ total_to_date('refund_amount') }}
            as cumulative_refund_amount,
        {{ total_to_date('net_charge_amount') }}
            as cumulative_net_charge_amount,
        {{ total_to_date('net_volume_amount') }}
            as cumulative_net_volume_amount,
        {{ total_to_date('gross_charge_amount', since='month') }}
            as month_to_date_gross_charge_amount,
        {{ total_to_date('refund_amount', since='month') }}
            as month_to_date_refund_amount,
        {{ total_to_date('net_charge_amount', since='month') }}
            as month_to_date_net_charge_amount,
        {{ total_to_date('net_volume_amount', since='month') }}
            as month_to_date_net_volume_amount,
        reporting_date
    from days

)

select * from final
