{{ config(materialized=by_object('view')) }}

-- What Stripe says of each invoice, with one vocabulary of statuses and every amount,
-- and how much of it was settled: due less what is outstanding or written off.
with

invoices as (

    select * from {{ touched('int_payments__invoices_live') }}
    where is_by_as_of
        and created_at is not null

),

taxes as (

    select * from {{ touched('int_receivables__exclusive_taxes') }}

),

captures as (

    select * from {{ touched('int_payments__captures_summed') }}

),

stated as (

    select
        invoices.*,
        {{ invoice_status('invoices') }} as known_status,
        coalesce(invoices.amount_due_minor, invoices.total_minor) as due_minor,
        coalesce(
            captures.captured_amount_minor + captures.later_captured_amount_minor, 0
        ) as charged_minor
    from invoices
    left join captures
        on invoices.source_relation = captures.source_relation
        and invoices.invoice_id = captures.invoice_id
        and invoices.currency = captures.currency

),

paid as (

    select
        *,
        case
            when amount_paid_minor is not null then amount_paid_minor
            when known_status = 'paid' then due_minor
            when amount_remaining_minor is not null
                then due_minor - amount_remaining_minor
            when known_status not in ('open', 'uncollectible') or charged_minor < 0
                then 0
            -- What its charges captured, as far as it was due.
            when charged_minor < due_minor then charged_minor
            when due_minor > 0 then due_minor
            else 0
        end as paid_minor
    from stated

),

remaining as (

    select
        *,
        case
            when amount_remaining_minor is not null then amount_remaining_minor
            when known_status = 'paid' or due_minor <= paid_minor then 0
            else due_minor - paid_minor
        end as remaining_minor
    from paid

),

taxed as (

    select
        remaining.*,
        case
            -- No line names a rate.
            when taxes.invoice_id is null
                and remaining.subtotal_minor = remaining.total_minor
                and remaining.tax_minor > 0
                then 0
            when taxes.is_tax_inclusive then 0
            when taxes.exclusive_tax_minor < coalesce(remaining.tax_minor, 0)
                then taxes.exclusive_tax_minor
            else coalesce(remaining.tax_minor, 0)
        end as exclusive_tax_minor
    from remaining
    left join taxes
        on remaining.source_relation = taxes.source_relation
        and remaining.invoice_id = taxes.invoice_id

),

final as (

    select
        *,
        case
            when known_status = 'paid' then due_minor
            when known_status in ('open', 'uncollectible')
                then due_minor - remaining_minor
        end as settled_minor,
        case
            when subtotal_minor + exclusive_tax_minor < total_minor then 0
            else subtotal_minor + exclusive_tax_minor - total_minor
        end as discount_minor
    from taxed

)

-- noqa: disable=AM04
select * from final
