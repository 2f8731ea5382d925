-- Every subscription at the end of a month, and which discount it names.
with

subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}

),

items as (

    select * from {{ ref('int_subscriptions__items') }}

),

naming_sources as (

    select distinct source_relation
    from subscriptions
    where has_discount_ids

),

final as (

    select distinct
        items.basis,
        items.source_relation,
        items.subscription_id,
        items.customer_id,
        items.discount_id,
        naming_sources.source_relation is not null as has_discount_ids,
        items.reporting_month,
        items.last_date
    from items
    left join naming_sources
        on items.source_relation = naming_sources.source_relation

)

select * from final
