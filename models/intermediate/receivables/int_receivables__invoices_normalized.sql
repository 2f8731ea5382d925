{{ config(materialized='table') }}

with

invoices as (

    select * from {{ ref('stg_stripe__invoices') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

stated as (

    select
        invoices.*,
        {{ invoice_status('invoices') }} as stated_status,
        invoices.status is null as is_status_derived,
        coalesce(invoices.amount_due_minor, invoices.total_minor) as due_minor,
        invoices.subtotal_minor + coalesce(invoices.tax_minor, 0) - invoices.total_minor
            as discount_minor,
        {{ reporting_date('invoices.created_at') }} as created_date,
        {{ reporting_date('coalesce(invoices.due_at, invoices.created_at)') }}
            as effective_due_date
    from invoices

),

paid as (

    select
        *,
        case
            when amount_paid_minor is not null then amount_paid_minor
            when stated_status = 'paid' then due_minor
            when amount_remaining_minor is not null
                then due_minor - amount_remaining_minor
            else 0
        end as paid_minor
    from stated
    where created_date <= {{ as_of_date() }}

),

remaining as (

    select
        *,
        case
            when amount_remaining_minor is not null then amount_remaining_minor
            when stated_status = 'paid' or due_minor <= paid_minor then 0
            else due_minor - paid_minor
        end as remaining_minor
    from paid

),

final as (

    select
        remaining.source_relation,
        remaining.invoice_id,
        remaining.charge_id,
        remaining.customer_id,
        remaining.subscription_id,
        remaining.billing_reason,
        remaining.currency,
        remaining.description,
        remaining.receipt_number,
        remaining.statement_descriptor,
        remaining.stated_status as status,
        {{ major_units('remaining.subtotal_minor') }} as subtotal,
        {{ major_units('remaining.tax_minor') }} as tax,
        case
            when remaining.discount_minor <= 0 then {{ major_units('0') }}
            else {{ major_units('remaining.discount_minor') }}
        end as discount,
        {{ major_units('remaining.total_minor') }} as total,
        {{ major_units('remaining.due_minor') }} as amount_due,
        {{ major_units('remaining.paid_minor') }} as amount_paid,
        {{ major_units('remaining.remaining_minor') }} as amount_remaining,
        {{ major_units('remaining.starting_balance_minor') }} as starting_balance,
        {{ major_units('remaining.ending_balance_minor') }} as ending_balance,
        {{ major_units('remaining.application_fee_minor') }} as application_fee,
        {{ major_units('0') }} as zero_amount,
        remaining.attempt_count,
        remaining.is_attempted,
        remaining.is_auto_advance,
        remaining.is_closed,
        remaining.is_forgiven,
        coalesce(remaining.due_minor <> remaining.remaining_minor, false)
            as is_part_paid,
        remaining.is_status_derived,
        remaining.created_date,
        remaining.effective_due_date,
        remaining.created_at,
        remaining.due_at,
        remaining.next_payment_attempt_at,
        remaining.period_end_at,
        remaining.period_start_at,
        remaining.webhooks_delivered_at
    from remaining
    left join currencies
        on remaining.currency = currencies.currency

)

select * from final
