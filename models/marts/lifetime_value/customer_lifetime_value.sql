with

amounts as (

    select * from {{ ref('int_lifetime_value__amounts') }}

),

customers as (

    select * from {{ ref('int_lifetime_value__customers') }}

),

people as (

    select * from {{ ref('int_journeys__people') }}

),

churn_rates as (

    select * from {{ ref('int_lifetime_value__churn_rates') }}

),

balanced_sources as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

final as (

    select
        amounts.source_relation,
        amounts.customer_id,
        customers.person_id,
        customers.user_id,
        amounts.currency,
        customers.home_currency,
        customers.match_method,
        people.first_touch_channel,
        people.first_touch_campaign,
        people.first_touch_source,
        people.first_touch_medium,
        people.last_touch_channel,
        people.last_touch_campaign,
        case when balanced_sources.source_relation is not null then amounts.net_amount end
            as lifetime_value_amount,
        amounts.gross_amount,
        amounts.refund_amount,
        case when balanced_sources.source_relation is not null then amounts.fee_amount end
            as fee_amount,
        amounts.mrr_amount,
        {{ predicted_lifetime_value() }} as predicted_lifetime_value_amount,
        {{ days_after('people.first_touch_at', 'people.signed_up_at') }}
            as days_to_sign_up,
        {{ days_after('people.first_touch_at', 'customers.first_charge_at') }}
            as days_to_first_payment,
        {{ days_after('people.signed_up_at', 'customers.first_charge_at') }}
            as days_from_sign_up_to_first_payment,
        amounts.order_count,
        cast(
            {{ dbt.datediff(
                reporting_date('customers.first_charge_at'), as_of_date(), 'day'
            ) }} as {{ dbt.type_bigint() }}
        ) as tenure_days,
        customers.first_charge_at is not null as is_paying,
        people.acquisition_month,
        {{ reporting_date('customers.first_charge_at') }} as first_charge_date,
        people.acquired_at,
        people.first_touch_at,
        people.signed_up_at,
        customers.first_charge_at,
        customers.last_charge_at
    from amounts
    inner join customers
        on amounts.source_relation = customers.source_relation
        and amounts.customer_id = customers.customer_id
    inner join people
        on customers.person_id = people.person_id
    left join churn_rates
        on amounts.source_relation = churn_rates.source_relation
        and amounts.currency = churn_rates.currency
    left join balanced_sources
        on amounts.source_relation = balanced_sources.source_relation

)

select * from final
