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

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

valued as (

    select
        amounts.source_relation,
        amounts.customer_id,
        amounts.currency,
        case
            when balanced_sources.source_relation is not null
                then {{ amount_figure('amounts.net_amount', major_units('0')) }}
        end as lifetime_value_amount,
        {{ amount_figure('amounts.gross_amount', major_units('0')) }} as gross_amount,
        {{ amount_figure('amounts.refund_amount', major_units('0')) }}
            as refund_amount,
        case
            when balanced_sources.source_relation is not null
                then {{ amount_figure('amounts.fee_amount', major_units('0')) }}
        end as fee_amount,
        {{ amount_figure('amounts.mrr_amount', major_units('0')) }} as mrr_amount,
        amounts.order_count
    from amounts
    left join balanced_sources
        on amounts.source_relation = balanced_sources.source_relation
    left join currencies
        on amounts.currency = currencies.currency

),

final as (

    select
        valued.source_relation,
        valued.customer_id,
        customers.person_id,
        customers.user_id,
        valued.currency,
        customers.home_currency,
        customers.match_method,
        people.first_touch_channel,
        people.first_touch_campaign,
        people.first_touch_source,
        people.first_touch_medium,
        people.last_touch_channel,
        people.last_touch_campaign,
        valued.lifetime_value_amount,
        valued.gross_amount,
        valued.refund_amount,
        valued.fee_amount,
        valued.mrr_amount,
        {{ predicted_lifetime_value() }} as predicted_lifetime_value_amount,
        {{ days_after('people.first_touch_at', 'people.signed_up_at') }}
            as days_to_sign_up,
        {{ days_after('people.first_touch_at', 'customers.first_charge_at') }}
            as days_to_first_payment,
        {{ days_after('people.signed_up_at', 'customers.first_charge_at') }}
            as days_from_sign_up_to_first_payment,
        valued.order_count,
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
    from valued
    inner join customers
        on valued.source_relation = customers.source_relation
        and valued.customer_id = customers.customer_id
    inner join people
        on customers.person_id = people.person_id
    left join churn_rates
        on valued.source_relation = churn_rates.source_relation
        and valued.currency = churn_rates.currency

)

select * from final
