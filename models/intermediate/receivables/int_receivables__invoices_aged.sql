-- What was owed of each invoice on the as-of day: what later charges paid was open.
with

invoices as (

    select * from {{ ref('int_receivables__invoices_normalized') }}

),

captures as (

    select * from {{ ref('int_receivables__captures_summed') }}

),

charges as (

    select * from {{ ref('int_receivables__charges_summed') }}

),

explained as (

    select
        invoices.*,
        coalesce(captures.captured_amount_minor, 0) as captured_minor,
        case
            when invoices.settled_minor is null then 0
            when invoices.settled_minor <= captures.captured_amount_minor then 0
            when invoices.settled_minor - captures.captured_amount_minor
                < captures.later_captured_amount_minor
                then invoices.settled_minor - captures.captured_amount_minor
            else coalesce(captures.later_captured_amount_minor, 0)
        end as later_minor
    from invoices
    left join captures
        on invoices.source_relation = captures.source_relation
        and invoices.invoice_id = captures.invoice_id
        and invoices.currency = captures.currency

),

as_of as (

    select
        source_relation,
        invoice_id,
        case when later_minor > 0 then 'open' else status end as status,
        amount_paid - later_minor * minor_unit as amount_paid,
        case
            when status = 'paid' and later_minor > 0 then later_minor * minor_unit
            else amount_remaining + later_minor * minor_unit
        end as amount_remaining,
        case
            when status = 'open' then amount_remaining + later_minor * minor_unit
            else later_minor * minor_unit
        end as outstanding_amount,
        case when status = 'uncollectible' then amount_remaining else zero_amount end
            as bad_debt_amount,
        zero_amount,
        status = 'uncollectible' as is_written_off,
        coalesce(settled_minor <> later_minor, false)
        or (status = 'paid' and later_minor = 0) as has_payment,
        coalesce(settled_minor > later_minor, status = 'paid') as is_charged,
        -- Paid out of band or by a credit note, as far as charges do not explain it.
        coalesce(settled_minor > captured_minor + later_minor, false)
        or coalesce(settled_minor < 0, false) as is_paid_otherwise,
        created_date,
        {{ dbt.datediff('effective_due_date', as_of_date(), 'day') }}
            as due_for_days
    from explained

),

final as (

    select
        as_of.source_relation,
        as_of.invoice_id,
        as_of.status,
        cast(as_of.amount_paid as numeric(38, 6)) as amount_paid,
        cast(as_of.amount_remaining as numeric(38, 6)) as amount_remaining,
        cast(as_of.outstanding_amount as numeric(38, 6)) as outstanding_amount,
        cast(as_of.bad_debt_amount as numeric(38, 6)) as bad_debt_amount,
        {{ amount_figure('charges.gross_amount') }} as gross_amount,
        {{ amount_figure('charges.failed_amount') }} as failed_amount,
        {{ amount_figure('charges.refund_amount') }} as refund_amount,
        charges.days_to_payment,
        case
            when as_of.status = 'open'
                then cast(as_of.due_for_days as {{ dbt.type_bigint() }})
        end as days_past_due,
        {{ count_figure('charges.charge_count') }} as charge_count,
        {{ count_figure('charges.succeeded_charge_count') }} as succeeded_charge_count,
        {{ count_figure('charges.failed_charge_count') }} as failed_charge_count,
        {{ count_figure('charges.dispute_count') }} as dispute_count,
        case
            when as_of.status = 'open' then {{ ageing_bucket('as_of.due_for_days') }}
        end as ageing_bucket,
        as_of.status = 'paid' as is_paid,
        as_of.status = 'open' as is_open,
        as_of.status = 'open' and as_of.due_for_days > 0 as is_past_due,
        as_of.is_written_off
        or as_of.is_paid_otherwise
        or (as_of.has_payment and (charges.paid_at is null or not as_of.is_charged))
            as is_date_estimated,
        case
            when as_of.is_charged and charges.paid_at is not null
                then {{ reporting_date('charges.paid_at') }}
            when as_of.has_payment then as_of.created_date
        end as paid_date,
        case when as_of.is_charged then charges.paid_at end as paid_at
    from as_of
    left join charges
        on as_of.source_relation = charges.source_relation
        and as_of.invoice_id = charges.invoice_id

)

select * from final
