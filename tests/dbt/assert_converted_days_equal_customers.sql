-- Customers and what has no customer come to the days, in the reporting currency too,
-- within the rounding of each customer's day: half a millionth.
{% call if_built() %}
with

days as (

    select
        source_relation,
        original_currency as currency,
        sum(gross_charge_amount) as amount,
        count(*) as day_count,
        max(case when is_rate_missing then 1 else 0 end) as missing_count
    from {{ ref('executive_summary_daily_converted') }}
    group by source_relation, original_currency

),

customers as (

    select
        source_relation,
        original_currency as currency,
        sum(gross_amount) as amount
    from {{ ref('customer_lifetime_value_converted') }}
    group by source_relation, original_currency

),

charges as (

    select
        charges.source_relation,
        charges.currency,
        count(*) as charge_count,
        sum(
            case
                when charges.customer_id is null
                    then charges.gross_amount * rates.exchange_rate
            end
        ) as amount
    from {{ ref('fct_charges') }} as charges
    left join {{ ref('int_summaries__exchange_rates_daily') }} as rates
        on charges.currency = rates.currency
        and charges.reporting_date = rates.reporting_date
    group by charges.source_relation, charges.currency

)

select
    days.source_relation,
    days.currency,
    days.amount as total_amount,
    coalesce(customers.amount, 0) + coalesce(charges.amount, 0) as parts_amount
from days
left join customers
    on days.source_relation = customers.source_relation
    and days.currency = customers.currency
left join charges
    on days.source_relation = charges.source_relation
    and days.currency = charges.currency
where days.missing_count = 0
    and abs(days.amount - coalesce(customers.amount, 0) - coalesce(charges.amount, 0))
    > 0.0000005 * (days.day_count + coalesce(charges.charge_count, 0))
{% endcall %}
