-- Cohorts that lack people or customers who paid, have them twice or in another month,
-- or whose cumulative value is not the sum of its months.
{% call if_built() %}
with

cohorts as (

    select
        *,
        sum(net_amount) over (
            partition by source_relation, channel, currency, acquisition_month
            order by reporting_month
            rows between unbounded preceding and current row
        ) as summed_amount,
        row_number() over (
            partition by source_relation, channel, currency, acquisition_month
            order by reporting_month
        ) as month_number,
        max(reporting_month) over () as last_month
    from {{ ref('lifetime_value_cohorts') }}

),

people as (

    select
        first_touch_channel as channel,
        acquisition_month,
        source_relation,
        count(*) as user_count
    from {{ ref('int_journeys__people') }}
    group by first_touch_channel, acquisition_month, source_relation

),

expected_users as (

    select
        cohorts.source_relation,
        cohorts.channel,
        cohorts.currency,
        cohorts.reporting_month,
        cohorts.acquisition_month,
        sum(people.user_count) as user_count
    from cohorts
    inner join people
        on cohorts.channel = people.channel
        and cohorts.acquisition_month = people.acquisition_month
        and cohorts.source_relation
        = coalesce(people.source_relation, cohorts.source_relation)
    where cohorts.reporting_month = cohorts.last_month
    group by
        cohorts.source_relation,
        cohorts.channel,
        cohorts.currency,
        cohorts.reporting_month,
        cohorts.acquisition_month

),

expected_customers as (

    select
        source_relation,
        first_touch_channel as channel,
        home_currency as currency,
        acquisition_month,
        count(distinct customer_id) as customer_count,
        count(distinct person_id) as person_count
    from {{ ref('customer_lifetime_value') }}
    where is_paying
    group by
        source_relation,
        first_touch_channel,
        home_currency,
        acquisition_month

)

select
    cohorts.source_relation,
    cohorts.channel,
    cohorts.currency,
    cohorts.acquisition_month,
    cohorts.reporting_month,
    cohorts.user_count,
    expected_users.user_count as expected_user_count,
    cohorts.customer_count,
    expected_customers.customer_count as expected_customer_count,
    cohorts.cumulative_net_amount,
    cohorts.summed_amount
from cohorts
left join expected_users
    on cohorts.source_relation = expected_users.source_relation
    and cohorts.channel = expected_users.channel
    and cohorts.currency = expected_users.currency
    and cohorts.acquisition_month = expected_users.acquisition_month
    and cohorts.reporting_month = expected_users.reporting_month
left join expected_customers
    on cohorts.source_relation = expected_customers.source_relation
    and cohorts.channel = expected_customers.channel
    and cohorts.currency = expected_customers.currency
    and cohorts.acquisition_month = expected_customers.acquisition_month
    and cohorts.reporting_month = cohorts.last_month
where cohorts.months_since <> cohorts.month_number - 1
    or cohorts.cumulative_net_amount <> cohorts.summed_amount
    or (
        cohorts.reporting_month = cohorts.last_month
        and (
            cohorts.user_count <> coalesce(expected_users.user_count, 0)
            or cohorts.customer_count <> coalesce(expected_customers.customer_count, 0)
            or cohorts.converted_user_count
            > coalesce(expected_customers.person_count, 0)
        )
    )
{% endcall %}
