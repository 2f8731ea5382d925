with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

charges as (

    select * from {{ ref('int_summaries__fulfillment_weekly') }}

),

weeks as (

    select distinct
        source_relation,
        currency,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week
    from days

),

weekly as (

    select
        weeks.source_relation,
        weeks.currency,
        {{ count_figure('charges.charge_count') }} as charge_count,
        {{ count_figure('charges.settled_charge_count') }} as settled_charge_count,
        charges.mean_days_to_payment,
        charges.median_days_to_payment,
        charges.p90_days_to_payment,
        charges.mean_days_to_settlement,
        charges.median_days_to_settlement,
        charges.p90_days_to_settlement,
        charges.mean_days_to_fulfillment,
        charges.median_days_to_fulfillment,
        charges.p90_days_to_fulfillment,
        weeks.reporting_week
    from weeks
    left join charges
        on weeks.source_relation = charges.source_relation
        and weeks.currency = charges.currency
        and weeks.reporting_week = charges.reporting_week

),

numbered as (

    -- Every week of the calendar is there, so the row before is the week before.
    select
        *,
        lag(mean_days_to_payment) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_mean_days_to_payment,
        lag(median_days_to_payment) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_median_days_to_payment,
        lag(p90_days_to_payment) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_p90_days_to_payment,
        lag(mean_days_to_settlement) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_mean_days_to_settlement,
        lag(median_days_to_settlement) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_median_days_to_settlement,
        lag(p90_days_to_settlement) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_p90_days_to_settlement,
        lag(mean_days_to_fulfillment) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_mean_days_to_fulfillment,
        lag(median_days_to_fulfillment) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_median_days_to_fulfillment,
        lag(p90_days_to_fulfillment) over (
            partition by source_relation, currency order by reporting_week
        ) as previous_p90_days_to_fulfillment
    from weekly

),

final as (

    select
        source_relation,
        currency,
        charge_count,
        settled_charge_count,
        mean_days_to_payment,
        median_days_to_payment,
        p90_days_to_payment,
        mean_days_to_settlement,
        median_days_to_settlement,
        p90_days_to_settlement,
        mean_days_to_fulfillment,
        median_days_to_fulfillment,
        p90_days_to_fulfillment,
        {{ change('mean_days_to_payment') }} as mean_days_to_payment_change,
        {{ change('median_days_to_payment') }} as median_days_to_payment_change,
        {{ change('p90_days_to_payment') }} as p90_days_to_payment_change,
        {{ change('mean_days_to_settlement') }} as mean_days_to_settlement_change,
        {{ change('median_days_to_settlement') }} as median_days_to_settlement_change,
        {{ change('p90_days_to_settlement') }} as p90_days_to_settlement_change,
        {{ change('mean_days_to_fulfillment') }} as mean_days_to_fulfillment_change,
        {{ change('median_days_to_fulfillment') }} as median_days_to_fulfillment_change,
        {{ change('p90_days_to_fulfillment') }} as p90_days_to_fulfillment_change,
        reporting_week
    from numbered

)

select * from final
