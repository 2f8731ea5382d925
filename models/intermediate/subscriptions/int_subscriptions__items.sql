-- One row for every item of a subscription at the end of a month; has_discount_ids says
-- whether the account's subscriptions say which discount is theirs.
{{ config(materialized='table') }}
with

known as (

    select * from {{ ref('int_subscriptions__items_known') }}

),

estimated as (

    select * from {{ ref('int_subscriptions__items_estimated') }}

),

naming_sources as (

    select distinct source_relation
    from {{ ref('stg_stripe__subscriptions') }}
    where has_discount_ids

),

items as (

    select
        basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        item_id,
        plan_id,
        tax_rates,
        quantity,
        is_counted,
        reporting_month,
        last_date
    from known

    union all

    select
        basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        item_id,
        plan_id,
        tax_rates,
        quantity,
        is_counted,
        reporting_month,
        last_date
    from estimated

),

final as (

    select
        items.*,
        naming_sources.source_relation is not null as has_discount_ids
    from items
    left join naming_sources
        on items.source_relation = naming_sources.source_relation

)

select * from final
