{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- Why nothing was left: Stripe's own reason, else what subscription and invoice tell.
with

lost as (

    select * from {{ touched('int_subscriptions__customers_lost') }}

),

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}

),

invoices as (

    select * from {{ touched('int_subscriptions__invoices_billed') }}

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
        coalesce(subscriptions.ended_at, cast('9999-12-31' as {{ moment() }}))
            as until_at,
        lost.last_date,
        lost.reporting_month
    from lost
    left join subscriptions
        on lost.source_relation = subscriptions.source_relation
        and lost.subscription_id = subscriptions.subscription_id

),

ranked as (

    select
        ends.*,
        invoices.is_failed,
        row_number() over (
            partition by
                ends.source_relation,
                ends.customer_id,
                ends.currency,
                ends.reporting_month
            order by
                invoices.created_at desc,
                {{ binary_order('invoices.invoice_id') }} desc
        ) as invoice_rank
    from ends
    left join invoices
        on ends.source_relation = invoices.source_relation
        and ends.subscription_id = invoices.subscription_id
        and ends.last_date >= invoices.created_date
        and ends.until_at >= invoices.created_at

),

evidence as (

    select
        *,
        case
            when is_ended and cancellation_reason is not null
                then 'cancellation_reason'
            when not is_ended and status = 'unpaid' then 'unpaid_status'
            when is_failed then 'unpaid_invoice'
            when is_ended and canceled_at is not null then 'canceled_at'
            else 'none'
        end as churn_evidence
    from ranked
    where invoice_rank = 1

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
