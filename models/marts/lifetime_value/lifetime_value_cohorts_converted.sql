-- Curves of lifetime value, all currencies in one: people are of none, so that each
-- counts once an account. What moved keeps the rates of its days.
with

cohorts as (

    select
        source_relation,
        channel,
        {{ reporting_currency() }} as currency,
        months_since,
        max(user_count) as user_count,
        max(account_user_count) as account_user_count,
        cast(sum(converted_user_count) as {{ dbt.type_bigint() }})
            as converted_user_count,
        cast(sum(customer_count) as {{ dbt.type_bigint() }}) as customer_count,
        acquisition_month,
        reporting_month
    from {{ ref('lifetime_value_cohorts') }}
    where {{ has_reporting_currency() }}
    group by
        source_relation, channel, months_since, acquisition_month, reporting_month

),

brought as (

    select * from {{ ref('int_lifetime_value__cohorts_converted') }}

),

balanced_sources as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

joined as (

    select
        cohorts.*,
        case
            when balanced_sources.source_relation is null then null
            when brought.channel is null then cast(0 as {{ exact() }})
            else brought.net_amount
        end as net_amount,
        balanced_sources.source_relation is not null as is_balanced
    from cohorts
    left join brought
        on cohorts.source_relation = brought.source_relation
        and cohorts.channel = brought.channel
        and cohorts.months_since = brought.months_since
        and cohorts.acquisition_month = brought.acquisition_month
    left join balanced_sources
        on cohorts.source_relation = balanced_sources.source_relation

),

cumulated as (

    select
        *,
        case
            when {{ running_total('case when net_amount is null then 1 else 0 end') }}
                = 0 then {{ running_total('net_amount') }}
        end as cumulative_net_amount
    from joined

),

final as (

    select
        source_relation,
        channel,
        currency,
        months_since,
        user_count,
        account_user_count,
        converted_user_count,
        customer_count,
        net_amount,
        cast(cumulative_net_amount as {{ exact() }}) as cumulative_net_amount,
        {{ ratio('converted_user_count', 'user_count') }} as conversion_rate,
        {{ ratio('cumulative_net_amount', 'user_count') }} as net_amount_per_user,
        {{ ratio('cumulative_net_amount', 'customer_count') }}
            as net_amount_per_customer,
        is_balanced and cumulative_net_amount is null as is_rate_missing,
        acquisition_month,
        reporting_month
    from cumulated

)

select * from final
