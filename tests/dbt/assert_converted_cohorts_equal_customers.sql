-- Cohorts come to their customers in the reporting currency, to the last digit, and
-- have the people whom they have in every other currency.
{% call if_built() %}
with

customers as (

    select
        source_relation,
        first_touch_channel as channel,
        acquisition_month,
        sum(lifetime_value_amount) as amount
    from {{ ref('customer_lifetime_value_converted') }}
    group by source_relation, first_touch_channel, acquisition_month

),

natives as (

    select
        source_relation,
        channel,
        acquisition_month,
        reporting_month,
        max(user_count) as user_count,
        sum(customer_count) as customer_count
    from {{ ref('lifetime_value_cohorts') }}
    group by source_relation, channel, acquisition_month, reporting_month

)

select
    cohorts.source_relation,
    cohorts.channel,
    cohorts.acquisition_month,
    cohorts.reporting_month,
    cohorts.cumulative_net_amount,
    customers.amount as customers_amount,
    cohorts.user_count,
    natives.user_count as expected_user_count,
    cohorts.customer_count,
    natives.customer_count as expected_customer_count
from {{ ref('lifetime_value_cohorts_converted') }} as cohorts
left join natives
    on cohorts.source_relation = natives.source_relation
    and cohorts.channel = natives.channel
    and cohorts.acquisition_month = natives.acquisition_month
    and cohorts.reporting_month = natives.reporting_month
left join customers
    on cohorts.source_relation = customers.source_relation
    and cohorts.channel = customers.channel
    and cohorts.acquisition_month = customers.acquisition_month
where cohorts.user_count <> coalesce(natives.user_count, 0)
    or cohorts.customer_count <> coalesce(natives.customer_count, 0)
    or (
        cohorts.reporting_month = {{ first_day_of('month', as_of_date()) }}
        and cohorts.cumulative_net_amount <> coalesce(customers.amount, 0)
    )
{% endcall %}
