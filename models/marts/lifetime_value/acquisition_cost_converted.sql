-- What it costs to win a customer, all currencies in one: each day's spend at its rate,
-- against all that the customers brought, in whatever currency they pay.
{%- set value = 'case when cohorts.channel is null then 0 '
    ~ 'else cohorts.cumulative_net_amount end' %}
with

days as (

    select * from {{ ref('int_lifetime_value__ad_spend_daily') }}
    where {{ has_reporting_currency() }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

natives as (

    -- People of a channel and month, the same in every currency.
    select
        channel,
        max(user_count) as user_count,
        acquisition_month
    from {{ ref('acquisition_cost') }}
    group by channel, acquisition_month

),

spend as (

    select
        days.channel,
        {{ whole_sum(converted('days.spend_amount', 'rates.exchange_rate')) }}
            as spend_amount,
        days.acquisition_month
    from days
    left join rates
        on days.currency = rates.currency
        and days.spend_date = rates.reporting_date
    group by days.channel, days.acquisition_month

),

cohorts as (

    select
        channel,
        months_since,
        cast(sum(customer_count) as {{ dbt.type_bigint() }}) as customer_count,
        -- Of customers in an account without balance transactions nothing is known.
        case
            when max(
                    case
                        when cumulative_net_amount is null and customer_count > 0
                            then 1
                        else 0
                    end
                ) = 0
                then {{ known_sum('cumulative_net_amount') }}
        end as cumulative_net_amount,
        max(case when is_rate_missing then 1 else 0 end) as missing_count,
        acquisition_month,
        reporting_month
    from {{ ref('lifetime_value_cohorts_converted') }}
    group by channel, months_since, acquisition_month, reporting_month

),

paid_back as (

    select
        spend.channel,
        min(cohorts.months_since) as payback_months,
        spend.acquisition_month
    from spend
    inner join cohorts
        on spend.channel = cohorts.channel
        and spend.acquisition_month = cohorts.acquisition_month
    where spend.spend_amount > 0
        and cohorts.cumulative_net_amount >= spend.spend_amount
    group by spend.channel, spend.acquisition_month

),

final as (

    select
        spend.channel,
        {{ reporting_currency() }} as currency,
        spend.spend_amount,
        {{ ratio('spend.spend_amount', 'cohorts.customer_count') }}
            as customer_acquisition_cost_amount,
        cast({{ value }} as {{ exact() }}) as lifetime_value_amount,
        {{ ratio(value, 'spend.spend_amount') }} as lifetime_value_to_cost_ratio,
        natives.user_count,
        {{ count_figure('cohorts.customer_count') }} as customer_count,
        paid_back.payback_months,
        spend.spend_amount is null
        or coalesce(cohorts.missing_count, 0) > 0 as is_rate_missing,
        spend.acquisition_month
    from spend
    left join natives
        on spend.channel = natives.channel
        and spend.acquisition_month = natives.acquisition_month
    left join cohorts
        on spend.channel = cohorts.channel
        and spend.acquisition_month = cohorts.acquisition_month
        and cohorts.reporting_month = {{ first_day_of('month', as_of_date()) }}
    left join paid_back
        on spend.channel = paid_back.channel
        and spend.acquisition_month = paid_back.acquisition_month

)

select * from final
