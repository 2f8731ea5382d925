{%- set value = 'case when cohorts.channel is null then 0 '
    ~ 'else cohorts.cumulative_net_amount end' %}
with

ad_spend as (

    select * from {{ ref('int_lifetime_value__ad_spend_daily') }}

),

spend as (

    select
        channel,
        currency,
        cast(sum(spend_amount) as {{ exact() }}) as spend_amount,
        acquisition_month
    from ad_spend
    group by channel, currency, acquisition_month

),

people as (

    select * from {{ ref('int_journeys__people') }}

),

curves as (

    -- Of customers in an account without balance transactions nothing is known.
    select
        *,
        cumulative_net_amount is null
        and sum(customer_count) over (
            partition by source_relation, channel, months_since, acquisition_month
        ) > 0 as is_unknown
    from {{ ref('lifetime_value_cohorts') }}

),

cohorts as (

    -- Spend is of no Stripe account: all of a currency are taken together.
    select
        channel,
        currency,
        months_since,
        sum(customer_count) as customer_count,
        case
            when max(case when is_unknown then 1 else 0 end) = 0
                then sum(cumulative_net_amount)
        end as cumulative_net_amount,
        acquisition_month,
        reporting_month
    from curves
    group by channel, currency, months_since, acquisition_month, reporting_month

),

acquired as (

    select
        first_touch_channel as channel,
        count(*) as user_count,
        acquisition_month
    from people
    group by first_touch_channel, acquisition_month

),

paid_back as (

    select
        spend.channel,
        spend.currency,
        min(cohorts.months_since) as payback_months,
        spend.acquisition_month
    from spend
    inner join cohorts
        on spend.channel = cohorts.channel
        and spend.currency = cohorts.currency
        and spend.acquisition_month = cohorts.acquisition_month
    where spend.spend_amount > 0
        and cohorts.cumulative_net_amount >= spend.spend_amount
    group by spend.channel, spend.currency, spend.acquisition_month

),

final as (

    select
        spend.channel,
        spend.currency,
        spend.spend_amount,
        {{ ratio('spend.spend_amount', 'cohorts.customer_count') }}
            as customer_acquisition_cost_amount,
        cast({{ value }} as {{ exact() }}) as lifetime_value_amount,
        {{ ratio(value, 'spend.spend_amount') }} as lifetime_value_to_cost_ratio,
        {{ count_figure('acquired.user_count') }} as user_count,
        {{ count_figure('cohorts.customer_count') }} as customer_count,
        paid_back.payback_months,
        spend.acquisition_month
    from spend
    left join cohorts
        on spend.channel = cohorts.channel
        and spend.currency = cohorts.currency
        and spend.acquisition_month = cohorts.acquisition_month
        and cohorts.reporting_month = {{ first_day_of('month', as_of_date()) }}
    left join acquired
        on spend.channel = acquired.channel
        and spend.acquisition_month = acquired.acquisition_month
    left join paid_back
        on spend.channel = paid_back.channel
        and spend.currency = paid_back.currency
        and spend.acquisition_month = paid_back.acquisition_month

)

select * from final
