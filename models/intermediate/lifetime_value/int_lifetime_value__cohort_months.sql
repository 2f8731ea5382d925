-- Every cohort of people in every currency and month since, with nothing in it yet.
-- People who may buy from any Stripe account are in the cohorts of every one.
{{ config(materialized=built_as('table')) }}

with

people as (

    select * from {{ ref('int_journeys__people') }}
    where acquisition_month is not null

),

currencies as (

    select distinct
        source_relation,
        currency
    from {{ ref('int_summaries__customer_currencies') }}

),

months as ({{ all_months() }}),

counted as (

    select
        source_relation,
        first_touch_channel as channel,
        acquisition_month,
        count(*) as user_count
    from people
    group by source_relation, first_touch_channel, acquisition_month

),

cohorts as (

    select
        currencies.source_relation,
        counted.channel,
        currencies.currency,
        counted.acquisition_month,
        cast(sum(counted.user_count) as {{ dbt.type_bigint() }}) as user_count,
        cast(
            sum(
                case
                    when counted.source_relation is not null then counted.user_count
                    else 0
                end
            ) as {{ dbt.type_bigint() }}
        ) as account_user_count
    from counted
    inner join currencies
        on coalesce(counted.source_relation, currencies.source_relation)
        = currencies.source_relation
    group by
        currencies.source_relation,
        counted.channel,
        currencies.currency,
        counted.acquisition_month

),

final as (

    select
        cohorts.source_relation,
        cohorts.channel,
        cohorts.currency,
        {{ months_since('cohorts.acquisition_month', 'months.reporting_month') }}
            as months_since,
        cohorts.user_count,
        cohorts.account_user_count,
        cohorts.acquisition_month,
        months.reporting_month
    from cohorts
    inner join months
        on cohorts.acquisition_month <= months.reporting_month

)

select * from final
