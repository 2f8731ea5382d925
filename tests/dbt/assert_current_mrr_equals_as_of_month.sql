{{ config(tags=['recurring_revenue']) }}

-- What subscriptions are worth now is what their customers' as-of month closes with,
-- where all that is known of them was known on the as-of day and still is, and each
-- is in one currency.
{% call if_built() %}
with

staged_items as (

    select * from {{ ref('stg_stripe__subscription_items') }}

),

item_versions as (

    select * from {{ ref('int_subscriptions__item_versions') }}

),

staged_subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}

),

subscription_history as (

    select * from {{ ref('int_subscriptions__subscription_history') }}

),

item_history as (

    select * from {{ ref('int_subscriptions__item_history') }}

),

known_otherwise as (

    select
        source_relation,
        subscription_id
    from staged_subscriptions
    where {{ reporting_date('received_at') }} > {{ as_of_date() }}

    union all

    select
        source_relation,
        subscription_id
    from staged_items
    where {{ reporting_date('received_at') }} > {{ as_of_date() }}

    union all

    -- The snapshot outlives rows that the warehouse has lost.
    select
        item_versions.source_relation,
        item_versions.subscription_id
    from item_versions
    left join staged_items
        on item_versions.source_relation = staged_items.source_relation
        and item_versions.subscription_item_id = staged_items.subscription_item_id
    where staged_items.subscription_item_id is null

    union all

    -- A warehouse that was loaded again from an older copy.
    select
        subscription_history.source_relation,
        subscription_history.subscription_id
    from subscription_history
    inner join staged_subscriptions
        on subscription_history.source_relation = staged_subscriptions.source_relation
        and subscription_history.subscription_id = staged_subscriptions.subscription_id
    where staged_subscriptions.received_at is null
        or subscription_history.valid_from > staged_subscriptions.received_at

    union all

    -- Also of an item that has left its subscription since, or says it was made later.
    select
        item_history.source_relation,
        item_history.subscription_id
    from item_history
    inner join staged_items
        on item_history.source_relation = staged_items.source_relation
        and item_history.subscription_item_id = staged_items.subscription_item_id
    where staged_items.received_at is null
        or item_history.valid_from > staged_items.received_at
        or {{ reporting_date('staged_items.received_at') }} > {{ as_of_date() }}
        or not ({{ is_by_as_of('staged_items.created_at') }})

    union all

    -- Of several currencies fct_subscriptions shows one.
    select
        source_relation,
        subscription_id
    from {{ ref('int_subscriptions__items_valued') }}
    where basis = 'current'
    group by source_relation, subscription_id
    having count(distinct currency) > 1

),

subscriptions as (

    select * from {{ ref('fct_subscriptions') }}

),

owners as (

    select
        source_relation,
        subscription_id,
        customer_id
    from subscriptions

    union all

    select
        source_relation,
        subscription_id,
        customer_id
    from subscription_history

),

skipped as (

    select distinct
        owners.source_relation,
        owners.customer_id
    from owners
    inner join known_otherwise
        on owners.source_relation = known_otherwise.source_relation
        and owners.subscription_id = known_otherwise.subscription_id

),

current_mrr as (

    select
        source_relation,
        customer_id,
        sum(mrr_amount) as mrr_amount
    from subscriptions
    where customer_id is not null
    group by source_relation, customer_id

),

customer_mrr as (

    select
        source_relation,
        customer_id,
        sum(mrr_amount - estimated_mrr_amount) as mrr_amount
    from {{ ref('fct_customer_mrr') }}
    where reporting_month = {{ first_day_of('month', as_of_date()) }}
    group by source_relation, customer_id

)

select
    current_mrr.source_relation,
    current_mrr.customer_id,
    current_mrr.mrr_amount as subscription_mrr_amount,
    coalesce(customer_mrr.mrr_amount, 0) as customer_mrr_amount
from current_mrr
left join customer_mrr
    on current_mrr.source_relation = customer_mrr.source_relation
    and current_mrr.customer_id = customer_mrr.customer_id
left join skipped
    on current_mrr.source_relation = skipped.source_relation
    and current_mrr.customer_id = skipped.customer_id
where skipped.customer_id is null
    and current_mrr.mrr_amount <> coalesce(customer_mrr.mrr_amount, 0)
{% endcall %}
