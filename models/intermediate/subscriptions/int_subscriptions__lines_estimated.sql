{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

-- Invoice lines that say what a subscription was before it was known, each with the
-- days at whose end it counts: from valid_from_date until before valid_to_date, which
-- is no later than the end of the subscription.
with

invoice_lines as (

    select * from {{ touched('stg_stripe__invoice_lines') }}

),

invoices as (

    select * from {{ touched('int_payments__invoices_live') }}
    where is_by_as_of

),

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

test_mode_subscriptions as (

    select * from {{ touched('stg_stripe__test_mode_subscriptions') }}

),

first_known as (

    select
        source_relation,
        subscription_id,
        min(valid_from_date) as known_from_date
    from {{ touched('int_subscriptions__subscription_versions') }}
    group by source_relation, subscription_id

),

billed as (

    select
        invoice_lines.source_relation,
        -- Older warehouses have no such column on lines.
        coalesce(
            invoice_lines.subscription_id, invoices.subscription_id
        ) as subscription_id,
        invoice_lines.invoice_line_id,
        invoice_lines.invoice_id,
        invoices.customer_id,
        invoice_lines.plan_id,
        invoice_lines.tax_rates,
        invoice_lines.quantity,
        -- A renewal at midnight is invoiced after it, within three days.
        case
            when {{ microseconds_between(
                'invoice_lines.period_start_at', 'invoices.created_at'
            ) }} > 3 * 86400000000
                then {{ reporting_date('invoices.created_at') }}
            else {{ reporting_date('invoice_lines.period_start_at') }}
        end as valid_from_date,
        {{ reporting_date('invoice_lines.period_end_at') }} as period_end_date,
        invoices.created_at as invoice_created_at
    from invoice_lines
    inner join invoices
        on invoice_lines.source_relation = invoices.source_relation
        and invoice_lines.invoice_id = invoices.invoice_id
    where {{ is_one_of('invoice_lines.type', ['subscription']) }}
        and not coalesce(invoice_lines.is_proration, false)
        and invoice_lines.amount_minor <> 0
        and invoice_lines.period_end_at is not null
        and {{ invoice_status('invoices') }} not in ('draft', 'void')

),

final as (

    select
        billed.source_relation,
        billed.subscription_id,
        billed.invoice_line_id,
        billed.invoice_id,
        coalesce(subscriptions.customer_id, billed.customer_id) as customer_id,
        subscriptions.discount_id,
        billed.plan_id,
        billed.tax_rates,
        billed.quantity,
        billed.valid_from_date,
        {{ earlier_of('billed.period_end_date', earlier_of(
            reporting_date('subscriptions.ended_at'), 'first_known.known_from_date'
        )) }} as valid_to_date,
        billed.invoice_created_at
    from billed
    left join subscriptions
        on billed.source_relation = subscriptions.source_relation
        and billed.subscription_id = subscriptions.subscription_id
    left join first_known
        on billed.source_relation = first_known.source_relation
        and billed.subscription_id = first_known.subscription_id
    left join test_mode_subscriptions
        on billed.source_relation = test_mode_subscriptions.source_relation
        and billed.subscription_id = test_mode_subscriptions.subscription_id
    where billed.subscription_id is not null
        and test_mode_subscriptions.subscription_id is null

)

select * from final
where valid_from_date < valid_to_date
