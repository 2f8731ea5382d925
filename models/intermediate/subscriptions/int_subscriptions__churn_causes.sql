-- Why nothing was left: Stripe's own reason, else what subscription and invoice tell.
with

lost as (

    select * from {{ ref('int_subscriptions__customers_lost') }}

),

subscriptions as (

    select * from {{ ref('stg_stripe__subscriptions') }}

),

invoices as (

    select * from {{ ref('int_payments__invoices_live') }}
    where is_by_as_of

),

ends as (

    select
        lost.source_relation,
        lost.customer_id,
        lost.currency,
        lost.subscription_id,
        lower(trim(subscriptions.status)) as status,
        coalesce(
            {{ reporting_date('subscriptions.ended_at') }} <= lost.last_date,
            subscriptions.is_deleted,
            false
        ) as is_ended,
        lower(trim(subscriptions.cancellation_reason)) as cancellation_reason,
        subscriptions.canceled_at,
        subscriptions.ended_at,
        lost.last_date,
        lost.reporting_month
    from lost
    left join subscriptions
        on lost.source_relation = subscriptions.source_relation
        and lost.subscription_id = subscriptions.subscription_id

),

invoices_ranked as (

    select
        ends.source_relation,
        ends.customer_id,
        ends.currency,
        {{ invoice_status('invoices') }} in ('open', 'uncollectible')
        and (invoices.is_attempted or invoices.attempt_count > 0) as is_failed,
        ends.reporting_month,
        row_number() over (
            partition by
                ends.source_relation, ends.customer_id,
                ends.currency, ends.reporting_month
            order by
                invoices.created_at desc,
                {{ binary_order('invoices.invoice_id') }} desc
        ) as invoice_rank
    from ends
    inner join invoices
        on ends.source_relation = invoices.source_relation
        and ends.subscription_id = invoices.subscription_id
        and ends.last_date >= {{ reporting_date('invoices.created_at') }}
        and coalesce(ends.ended_at, invoices.created_at) >= invoices.created_at
    where {{ invoice_status('invoices') }} not in ('draft', 'void')
        and coalesce(invoices.total_minor, invoices.amount_due_minor) > 0

),

evidence as (

    select
        ends.*,
        case
            when ends.is_ended and ends.cancellation_reason is not null
                then 'cancellation_reason'
            when not ends.is_ended and ends.status = 'unpaid' then 'unpaid_status'
            when invoices_ranked.is_failed then 'unpaid_invoice'
            when ends.is_ended and ends.canceled_at is not null then 'canceled_at'
            else 'none'
        end as churn_evidence
    from ends
    left join invoices_ranked
        on ends.source_relation = invoices_ranked.source_relation
        and ends.customer_id = invoices_ranked.customer_id
        and ends.currency = invoices_ranked.currency
        and ends.reporting_month = invoices_ranked.reporting_month
        and invoices_ranked.invoice_rank = 1

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        subscription_id,
        case
            when churn_evidence like 'unpaid%' then 'failed_payment'
            when churn_evidence = 'canceled_at' then 'voluntary'
            when churn_evidence = 'none' then 'other'
            when cancellation_reason = 'payment_failed' then 'failed_payment'
            when cancellation_reason = 'cancellation_requested' then 'voluntary'
            else 'other'
        end as churn_kind,
        churn_evidence,
        reporting_month
    from evidence

)

select * from final
