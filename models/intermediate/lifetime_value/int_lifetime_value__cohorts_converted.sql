-- What each cohort brought in the reporting currency, by month since: each day at the
-- rate of the day. No rows without a reporting currency.
with

flows as (

    select * from {{ ref('int_lifetime_value__flows_converted') }}

),

customers as (

    select * from {{ ref('int_lifetime_value__customers') }}

),

people as (

    select * from {{ ref('int_journeys__people') }}

),

dated as (

    select
        flows.source_relation,
        people.first_touch_channel as channel,
        {{ months_since('people.acquisition_month', 'flows.reporting_month') }}
            as months_since,
        flows.net_volume_amount,
        people.acquisition_month
    from flows
    inner join customers
        on flows.source_relation = customers.source_relation
        and flows.customer_id = customers.customer_id
    inner join people
        on customers.person_id = people.person_id
    where people.acquisition_month is not null

),

final as (

    select
        source_relation,
        channel,
        months_since,
        {{ whole_sum('net_volume_amount') }} as net_amount,
        acquisition_month
    from dated
    group by source_relation, channel, months_since, acquisition_month

)

select * from final
