-- What a cohort loses in a month is at most its refunds, disputes, failures and fees.
with

losses as (

    select
        transactions.source_relation,
        people.first_touch_channel as channel,
        people.acquisition_month,
        transactions.currency,
        {{ months_since('people.acquisition_month', 'transactions.reporting_date') }}
            as months_since,
        sum(
            case
                when transactions.reporting_category = 'charge'
                    then transactions.fee_amount
                when transactions.net_amount < 0 then -transactions.net_amount
                else 0
            end
        ) as loss_amount
    from {{ ref('fct_balance_transactions') }} as transactions
    inner join {{ ref('int_identity__customers') }} as customers
        on transactions.source_relation = customers.source_relation
        and transactions.customer_id = customers.customer_id
    inner join {{ ref('int_journeys__people') }} as people
        on customers.person_id = people.person_id
    where transactions.is_net_volume
    group by
        transactions.source_relation,
        people.first_touch_channel,
        people.acquisition_month,
        transactions.currency,
        {{ months_since('people.acquisition_month', 'transactions.reporting_date') }}

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
