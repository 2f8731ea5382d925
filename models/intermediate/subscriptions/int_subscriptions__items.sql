-- One row for every item of a subscription at the end of a month.
{{ config(materialized='table') }}
with

known as (

    select * from {{ ref('int_subscriptions__items_known') }}

),

estimated as (

    select * from {{ ref('int_subscriptions__items_estimated') }}

),

final as (

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

)

select * from final
