-- Stripe's balance change from activity (balance_change_from_activity.summary.1) of the
-- as-of month: payouts are not in it.
-- Segment's data cannot supply: activity before the first sync, and Stripe's own
-- category where the type does not tell it (unclassified).
with

activity as (

    select * from {{ ref('balance_activity_monthly') }}
    where not is_payout
        and reporting_month = {{ first_day_of('month', as_of_date()) }}

),

final as (

    select
        source_relation,
        reporting_category,
        currency,
        transaction_count as count,
        gross_amount as gross,
        fee_amount as fee,
        net_amount as net
    from activity

)

select * from final
order by
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('currency') }} asc,
    {{ binary_order('reporting_category') }} asc
