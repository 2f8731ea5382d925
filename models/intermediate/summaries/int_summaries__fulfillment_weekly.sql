-- Succeeded charges by week, and how long they took. Percentiles are interpolated here,
-- for engines differ in what theirs return.
with

charges as (

    select * from {{ ref('fct_charges') }}
    where is_succeeded

),

ranked as (

    select
        source_relation,
        currency,
        days_to_payment,
        days_to_settlement,
        days_to_fulfillment,
        reporting_week,
        row_number() over (
            partition by source_relation, currency, reporting_week
            order by days_to_payment nulls last
        ) as days_to_payment_rank,
        row_number() over (
            partition by source_relation, currency, reporting_week
            order by days_to_settlement nulls last
        ) as days_to_settlement_rank,
        row_number() over (
            partition by source_relation, currency, reporting_week
            order by days_to_fulfillment nulls last
        ) as days_to_fulfillment_rank,
        count(days_to_payment) over (
            partition by source_relation, currency, reporting_week
        ) as days_to_payment_count,
        count(days_to_settlement) over (
            partition by source_relation, currency, reporting_week
        ) as days_to_settlement_count,
        count(days_to_fulfillment) over (
            partition by source_relation, currency, reporting_week
        ) as days_to_fulfillment_count
    from charges

),

final as (

    select
        source_relation,
        currency,
        count(*) as charge_count,
        count(days_to_settlement) as settled_charge_count,
        {{ ratio('sum(days_to_payment)', 'count(days_to_payment)') }}
            as mean_days_to_payment,
        {{ percentile('days_to_payment', 5) }} as median_days_to_payment,
        {{ percentile('days_to_payment', 9) }} as p90_days_to_payment,
        {{ ratio('sum(days_to_settlement)', 'count(days_to_settlement)') }}
            as mean_days_to_settlement,
        {{ percentile('days_to_settlement', 5) }} as median_days_to_settlement,
        {{ percentile('days_to_settlement', 9) }} as p90_days_to_settlement,
        {{ ratio('sum(days_to_fulfillment)', 'count(days_to_fulfillment)') }}
            as mean_days_to_fulfillment,
        {{ percentile('days_to_fulfillment', 5) }} as median_days_to_fulfillment,
        {{ percentile('days_to_fulfillment', 9) }} as p90_days_to_fulfillment,
        reporting_week
    from ranked
    group by source_relation, currency, reporting_week

)

select * from final
