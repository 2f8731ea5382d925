-- What a cohort loses in a month is at most what its transactions took away.
{% call if_built() %}
with

losses as (

    select
        balance.source_relation,
        people.first_touch_channel as channel,
        people.acquisition_month,
        balance.currency,
        {{ months_since('people.acquisition_month', 'balance.reporting_date') }}
            as months_since,
        sum(case when balance.net_amount < 0 then -balance.net_amount else 0 end)
            as loss_amount
    from {{ ref('fct_balance_transactions') }} as balance
    inner join {{ ref('int_identity__customers') }} as customers
        on balance.source_relation = customers.source_relation
        and balance.customer_id = customers.customer_id
    inner join {{ ref('int_journeys__people') }} as people
        on customers.person_id = people.person_id
    where balance.is_net_volume
    group by
        balance.source_relation,
        people.first_touch_channel,
        people.acquisition_month,
        balance.currency,
        {{ months_since('people.acquisition_month', 'balance.reporting_date') }}

)

select
    cohorts.source_relation,
    cohorts.acquisition_month,
    cohorts.channel,
    cohorts.currency,
    cohorts.months_since,
    cohorts.net_amount,
    losses.loss_amount
from {{ ref('lifetime_value_cohorts') }} as cohorts
left join losses
    on cohorts.source_relation = losses.source_relation
    and cohorts.acquisition_month = losses.acquisition_month
    and cohorts.channel = losses.channel
    and cohorts.currency = losses.currency
    and cohorts.months_since = losses.months_since
where cohorts.net_amount < -coalesce(losses.loss_amount, 0)
{% endcall %}
