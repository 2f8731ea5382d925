-- Invoice lines that say what a subscription was before it was known, each with the
-- days at whose end it counts: from valid_from_date until before valid_to_date.
with

invoice_lines as (

    select * from {{ ref('stg_stripe__invoice_lines') }}

),

invoices as (

    select * from {{ ref('stg_stripe__invoices') }}

),

subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}

),

first_known as (

    select
        source_relation,
        subscription_id,
        min(valid_from_date) as known_from_date
    from {{ ref('int_subscriptions__subscription_versions') }}
    group by source_relation, subscription_id

),

recurring as (

    select
        invoice_lines.source_relation,
        coalesce(invoice_lines.subscription_id, invoices.subscription_id)
            as subscription_id,
        invoice_lines.invoice_line_id,
        invoice_lines.invoice_id,
        coalesce(subscriptions.customer_id, invoices.customer_id) as customer_id,
        subscriptions.discount_id,
        invoice_lines.plan_id,
        invoice_lines.quantity,
        {{ reporting_date('invoice_lines.period_start_at') }} as period_start_date,
        {{ reporting_date('invoice_lines.period_end_at') }} as period_end_date,
        {{ reporting_date('invoices.created_at') }} as invoice_date,
        invoices.created_at as invoice_created_at
    from invoice_lines
    inner join invoices
        on invoice_lines.source_relation = invoices.source_relation
        and invoice_lines.invoice_id = invoices.invoice_id
    left join subscriptions
        on invoice_lines.source_relation = subscriptions.source_relation
        and coalesce(invoice_lines.subscription_id, invoices.subscription_id)
        = subscriptions.subscription_id
    where {{ is_one_of('invoice_lines.type', ['subscription']) }}
        and not coalesce(invoice_lines.is_proration, false)
        and invoice_lines.amount_minor <> 0
        and coalesce(invoice_lines.subscription_id, invoices.subscription_id)
        is not null
        and {{ invoice_status('invoices') }} not in ('draft', 'void')

),

final as (

    select
        recurring.source_relation,
        recurring.subscription_id,
        recurring.invoice_line_id,
        recurring.invoice_id,
        recurring.customer_id,
        recurring.discount_id,
        recurring.plan_id,
        recurring.quantity,
        case
            when recurring.invoice_date > recurring.period_start_date
                then recurring.invoice_date
            else recurring.period_start_date
        end as valid_from_date,
        case
            when first_known.known_from_date < recurring.period_end_date
                then first_known.known_from_date
            else recurring.period_end_date
        end as valid_to_date,
        recurring.invoice_created_at
    from recurring
    left join first_known
        on recurring.source_relation = first_known.source_relation
        and recurring.subscription_id = first_known.subscription_id

)

select * from final
where valid_from_date < valid_to_date
