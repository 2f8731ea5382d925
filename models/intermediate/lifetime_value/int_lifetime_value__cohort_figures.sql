-- What the people of each cohort brought and how many became customers, by month since.
-- A null amount where nothing moved: beside amounts in a currency that nobody knows, a
-- zero would be the sum.
{{ config(materialized=built_as('table')) }}

with

customers as (

    select * from {{ ref('int_lifetime_value__customers') }}

),

people as (

    select * from {{ ref('int_journeys__people') }}

),

first_charges as (

    select * from {{ ref('int_journeys__first_charges') }}

),

balance_transactions as (

    select * from {{ rows_of(
        'balances', 'fct_balance_transactions',
        string=['source_relation', 'customer_id', 'currency'], numeric=['net_amount'],
        boolean=['is_net_volume'], date=['reporting_date'],
    ) }}
    where is_net_volume

),

figures as (

    select
        source_relation,
        customer_id,
        currency,
        net_amount,
        0 as converted_user_count,
        0 as customer_count,
        reporting_date
    from balance_transactions
    union all
    select
        source_relation,
        customer_id,
        home_currency as currency,
        cast(null as {{ exact() }}) as net_amount,
        0 as converted_user_count,
        1 as customer_count,
        {{ reporting_date('first_payment_at') }} as reporting_date
    from customers
    where first_payment_at is not null
    union all
    select
        customers.source_relation,
        customers.customer_id,
        customers.home_currency as currency,
        cast(null as {{ exact() }}) as net_amount,
        1 as converted_user_count,
        0 as customer_count,
        {{ reporting_date('first_charges.first_payment_at') }} as reporting_date
    from first_charges
    inner join customers
        on first_charges.source_relation = customers.source_relation
        and first_charges.customer_id = customers.customer_id

),

dated as (

    select
        figures.*,
        people.first_touch_channel as channel,
        people.acquisition_month,
        {{ months_since('people.acquisition_month', 'figures.reporting_date') }}
            as months_since
    from figures
    inner join customers
        on figures.source_relation = customers.source_relation
        and figures.customer_id = customers.customer_id
    inner join people
        on customers.person_id = people.person_id
    where people.acquisition_month is not null

),

final as (

    select
        source_relation,
        channel,
        currency,
        months_since,
        sum(net_amount) as net_amount,
        sum(converted_user_count) as converted_user_count,
        sum(customer_count) as customer_count,
        acquisition_month
    from dated
    group by source_relation, channel, currency, months_since, acquisition_month

)

select * from final
