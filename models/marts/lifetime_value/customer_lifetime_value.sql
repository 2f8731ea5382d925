with

figures as (

    select * from {{ ref('int_summaries__customer_figures') }}

),

customers as (

    select * from {{ ref('int_lifetime_value__customers') }}

),

people as (

    select * from {{ ref('int_journeys__people') }}

),

months as (

    select * from {{ rows_of(
        'subscriptions', 'mrr_monthly', string=['source_relation', 'currency'],
        numeric=['customer_churn_rate'], date=['reporting_month'],
    ) }}

),

churn_rates as (

    -- Of the twelve months before the as-of month, summed.
    select
        source_relation,
        currency,
        cast(count(customer_churn_rate) as {{ dbt.type_bigint() }}) as month_count,
        cast(sum(customer_churn_rate) as {{ exact() }}) as total_churn_rate
    from months
    where reporting_month < {{ first_day_of('month', as_of_date()) }}
        and reporting_month >= {{ as_of_month_back(12) }}
    group by source_relation, currency

),

final as (

    select
        figures.source_relation,
        figures.customer_id,
        customers.person_id,
        customers.user_id,
        figures.currency,
        customers.home_currency,
        customers.match_method,
        people.first_touch_channel,
        people.first_touch_campaign,
        people.first_touch_source,
        people.first_touch_medium,
        people.last_touch_channel,
        people.last_touch_campaign,
        figures.net_volume_amount as lifetime_value_amount,
        figures.gross_charge_amount as gross_amount,
        figures.refund_amount,
        figures.fee_amount,
        figures.mrr_amount,
        {{ predicted_lifetime_value() }} as predicted_lifetime_value_amount,
        {{ days_after('people.first_touch_at', 'people.signed_up_at') }}
            as days_to_sign_up,
        {{ days_after('people.first_touch_at', 'customers.first_payment_at') }}
            as days_to_first_payment,
        {{ days_after('people.signed_up_at', 'customers.first_payment_at') }}
            as days_from_sign_up_to_first_payment,
        figures.gross_charge_count as order_count,
        cast(
            {{ dbt.datediff(
                reporting_date('customers.first_payment_at'), as_of_date(), 'day'
            ) }} as {{ dbt.type_bigint() }}
        ) as tenure_days,
        customers.first_payment_at is not null as is_paying,
        people.acquisition_month,
        {{ reporting_date('customers.first_payment_at') }} as first_payment_date,
        people.acquired_at,
        people.first_touch_at,
        people.signed_up_at,
        customers.first_payment_at,
        customers.last_payment_at
    from figures
    inner join customers
        on figures.source_relation = customers.source_relation
        and figures.customer_id = customers.customer_id
    inner join people
        on customers.person_id = people.person_id
    left join churn_rates
        on figures.source_relation = churn_rates.source_relation
        and figures.currency = churn_rates.currency

)

select * from final
