with

cohort_months as (

    select * from {{ ref('int_lifetime_value__cohort_months') }}

),

figures as (

    select * from {{ ref('int_lifetime_value__cohort_figures') }}

),

balanced_sources as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

joined as (

    select
        cohort_months.source_relation,
        cohort_months.channel,
        cohort_months.currency,
        cohort_months.months_since,
        cohort_months.user_count,
        cohort_months.account_user_count,
        {{ count_figure('figures.converted_user_count') }} as new_user_count,
        {{ count_figure('figures.customer_count') }} as new_customer_count,
        case
            when balanced_sources.source_relation is not null
                then {{ amount_figure('figures.net_amount', major_units('0')) }}
        end as net_amount,
        cohort_months.acquisition_month,
        cohort_months.reporting_month
    from cohort_months
    left join figures
        on cohort_months.source_relation = figures.source_relation
        and cohort_months.channel = figures.channel
        and cohort_months.currency = figures.currency
        and cohort_months.months_since = figures.months_since
        and cohort_months.acquisition_month = figures.acquisition_month
    left join balanced_sources
        on cohort_months.source_relation = balanced_sources.source_relation
    left join currencies
        on cohort_months.currency = currencies.currency

),

cumulated as (

    select
        *,
        {{ running_total('new_user_count') }} as converted_user_count,
        {{ running_total('new_customer_count') }} as customer_count,
        {{ running_total('net_amount') }} as cumulative_net_amount
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
        cast(converted_user_count as {{ dbt.type_bigint() }}) as converted_user_count,
        cast(customer_count as {{ dbt.type_bigint() }}) as customer_count,
        net_amount,
        cast(cumulative_net_amount as {{ exact() }}) as cumulative_net_amount,
        {{ ratio('converted_user_count', 'user_count') }} as conversion_rate,
        {{ ratio('cumulative_net_amount', 'user_count') }} as net_amount_per_user,
        {{ ratio('cumulative_net_amount', 'customer_count') }}
            as net_amount_per_customer,
        acquisition_month,
        reporting_month
    from cumulated

)

select * from final
