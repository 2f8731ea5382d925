{{ config(materialized='table') }}

with

invoices as (

    select * from {{ ref('stg_stripe__invoices') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

stated as (

    -- Older API versions have flags where newer ones have a status.
    select
        invoices.*,
        coalesce(
            lower(trim(invoices.status)),
            case
                when invoices.is_paid then 'paid'
                when invoices.is_forgiven then 'uncollectible'
                when invoices.is_closed then 'void'
                when invoices.is_attempted then 'open'
                else 'draft'
            end
        ) as stated_status,
        invoices.status is null as is_status_derived,
        coalesce(invoices.amount_due_minor, invoices.total_minor) as due_minor,
        invoices.subtotal_minor + coalesce(invoices.tax_minor, 0)
        - invoices.total_minor as discount_minor,
        currencies.minor_unit,
        {{ reporting_date('invoices.created_at') }} as created_date,
        {{ reporting_date('invoices.due_at') }} as due_date
    from invoices
    left join currencies
        on invoices.currency = currencies.currency

),

paid as (

    select
        *,
        coalesce(
            amount_paid_minor,
            case
                when stated_status = 'paid' then due_minor
                when amount_remaining_minor is not null
                    then due_minor - amount_remaining_minor
                else 0
            end
        ) as paid_minor
    from stated
    where created_date <= {{ as_of_date() }}

),

remaining as (

    select
        *,
        coalesce(
            amount_remaining_minor,
            case
                when stated_status = 'paid' or due_minor <= paid_minor then 0
                else due_minor - paid_minor
            end
        ) as remaining_minor
    from paid

),

final as (

    select
        source_relation,
        invoice_id,
        charge_id,
        customer_id,
        subscription_id,
        billing_reason,
        currency,
        description,
        receipt_number,
        statement_descriptor,
        stated_status as status,
        {{ major_units('subtotal_minor', 'remaining') }} as subtotal,
        {{ major_units('tax_minor', 'remaining') }} as tax,
        case
            when discount_minor <= 0 then {{ major_units('0', 'remaining') }}
            else {{ major_units('discount_minor', 'remaining') }}
        end as discount,
        {{ major_units('total_minor', 'remaining') }} as total,
        {{ major_units('due_minor', 'remaining') }} as amount_due,
        {{ major_units('paid_minor', 'remaining') }} as amount_paid,
        {{ major_units('remaining_minor', 'remaining') }} as amount_remaining,
        {{ major_units('starting_balance_minor', 'remaining') }} as starting_balance,
        {{ major_units('ending_balance_minor', 'remaining') }} as ending_balance,
        {{ major_units('application_fee_minor', 'remaining') }} as application_fee,
        {{ major_units('0', 'remaining') }} as zero_amount,
        attempt_count,
        is_attempted,
        is_auto_advance,
        is_closed,
        is_forgiven,
        is_status_derived,
        created_date,
        coalesce(due_date, created_date) as effective_due_date,
        created_at,
        due_at,
        next_payment_attempt_at,
        period_end_at,
        period_start_at,
        webhooks_delivered_at
    from remaining

)

select * from final
