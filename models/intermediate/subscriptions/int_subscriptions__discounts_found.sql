{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- Every discount that stands at the end of a month and that a subscription can have:
-- those that name it, the one that it names, and its customer's.
with

month_ends as (

    select distinct
        basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        has_discount_ids,
        reporting_month,
        last_date
    from {{ touched('int_subscriptions__items') }}

),

discounts as (

    select * from {{ touched('int_subscriptions__discounts_dated') }}

),

customers as (

    select * from {{ touched('stg_stripe__customers') }}

),

owned as (

    -- Whose discounts: 1 the subscription's, 2 its customer's. Where subscriptions say
    -- which is theirs, older ones were replaced, and all where they name none.
    select
        1 as owner_rank,
        month_ends.*,
        discounts.discount_id as candidate_id
    from month_ends
    inner join discounts
        on month_ends.source_relation = discounts.source_relation
        and month_ends.subscription_id = discounts.subscription_id
    left join discounts as named
        on month_ends.source_relation = named.source_relation
        and month_ends.discount_id = named.discount_id
    where not month_ends.has_discount_ids
        or discounts.start_at >= named.start_at
        or (named.discount_id is not null and named.start_at is null)

    union all

    select
        1 as owner_rank,
        *,
        discount_id as candidate_id
    from month_ends
    where discount_id is not null

    union all

    select
        2 as owner_rank,
        month_ends.*,
        discounts.discount_id as candidate_id
    from month_ends
    inner join discounts
        on month_ends.source_relation = discounts.source_relation
        and month_ends.customer_id = discounts.customer_id
    where discounts.subscription_id is null

    union all

    select
        2 as owner_rank,
        month_ends.*,
        customers.discount_id as candidate_id
    from month_ends
    inner join customers
        on month_ends.source_relation = customers.source_relation
        and month_ends.customer_id = customers.customer_id
    where customers.discount_id is not null

),

final as (

    select
        owned.basis,
        owned.source_relation,
        owned.subscription_id,
        discounts.discount_id,
        discounts.coupon_id,
        min(owned.owner_rank) as owner_rank,
        owned.reporting_month,
        discounts.end_at,
        discounts.start_at
    from owned
    inner join discounts
        on owned.source_relation = discounts.source_relation
        and owned.candidate_id = discounts.discount_id
    where coalesce(discounts.start_date <= owned.last_date, true)
        and coalesce(discounts.end_date > owned.last_date, true)
        and coalesce(discounts.deleted_date > owned.last_date, true)
    group by
        owned.basis,
        owned.source_relation,
        owned.subscription_id,
        discounts.discount_id,
        discounts.coupon_id,
        owned.reporting_month,
        discounts.end_at,
        discounts.start_at

)

select * from final
