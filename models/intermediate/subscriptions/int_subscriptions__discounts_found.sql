-- Every discount that a subscription can have at the end of a month: its own, by either
-- spelling, and its customer's.
with

states as (

    select distinct
        basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        reporting_month,
        last_date
    from {{ ref('int_subscriptions__items') }}

),

discounts as (

    select * from {{ ref('stg_stripe__discounts') }}

),

customers as (

    select * from {{ ref('stg_stripe__customers') }}

),

owned as (

    -- Whose discounts: 1 the subscription's, 2 its customer's.
    select
        1 as owner_rank,
        states.*,
        discounts.discount_id as candidate_id
    from states
    inner join discounts
        on states.source_relation = discounts.source_relation
        and states.subscription_id = discounts.subscription_id

    union all

    select
        1 as owner_rank,
        *,
        discount_id as candidate_id
    from states
    where discount_id is not null

    union all

    select
        2 as owner_rank,
        states.*,
        discounts.discount_id as candidate_id
    from states
    inner join discounts
        on states.source_relation = discounts.source_relation
        and states.customer_id = discounts.customer_id
    where discounts.subscription_id is null

    union all

    select
        2 as owner_rank,
        states.*,
        customers.discount_id as candidate_id
    from states
    inner join customers
        on states.source_relation = customers.source_relation
        and states.customer_id = customers.customer_id
    where customers.discount_id is not null

),

final as (

    select
        basis,
        source_relation,
        subscription_id,
        candidate_id as discount_id,
        min(owner_rank) as owner_rank,
        reporting_month,
        last_date
    from owned
    group by
        basis,
        source_relation,
        subscription_id,
        candidate_id,
        reporting_month,
        last_date

)

select * from final
