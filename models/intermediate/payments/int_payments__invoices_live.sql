-- Invoices of any day. They have no livemode: those of a test-mode subscription are test
-- data.
with

invoices as (

    select * from {{ ref('stg_stripe__invoices') }}

),

test_mode_subscriptions as (

    select * from {{ ref('stg_stripe__test_mode_subscriptions') }}

),

final as (

    select invoices.*
    from invoices
    left join test_mode_subscriptions
        on invoices.source_relation = test_mode_subscriptions.source_relation
        and invoices.subscription_id = test_mode_subscriptions.subscription_id
    where test_mode_subscriptions.subscription_id is null

)

select * from final
