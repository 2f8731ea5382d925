{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

-- What subscriptions were asked to pay up to the as-of day: whether they paid it by
-- then, and whether a payment was tried and it is not paid in its latest state. A draft
-- asks nothing, nor does what was void before it was tried.
with

invoices as (

    select
        known.*,
        {{ invoice_status('known') }} as known_status,
        coalesce(known.is_attempted, false)
        or coalesce(known.attempt_count, 0) > 0 as is_tried
    from {{ touched('int_payments__invoices_live') }} as known
    where known.is_by_as_of
        and known.subscription_id is not null
        and coalesce(known.total_minor, known.amount_due_minor) > 0

),

captures as (

    select * from {{ touched('int_payments__captures_summed') }}

),

final as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        invoices.subscription_id,
        -- What later charges paid was open on the as-of day.
        invoices.known_status = 'paid'
        and not coalesce(
            captures.later_captured_amount_minor > 0
            and coalesce(invoices.amount_due_minor, invoices.total_minor)
            > captures.captured_amount_minor,
            false
        ) as is_paid,
        invoices.known_status <> 'paid' and invoices.is_tried as is_failed,
        {{ reporting_date('invoices.created_at') }} as created_date,
        invoices.created_at
    from invoices
    left join captures
        on invoices.source_relation = captures.source_relation
        and invoices.invoice_id = captures.invoice_id
        and invoices.currency = captures.currency
    where invoices.known_status <> 'draft'
        and (invoices.known_status <> 'void' or invoices.is_tried)

)

select * from final
