{{ config(materialized=by_object('view')) }}

-- What was owed of each invoice on the as-of day: what later charges paid was open.
with

invoices as (

    select * from {{ touched('int_receivables__invoices_normalized') }}

),

captures as (

    select * from {{ touched('int_payments__captures_summed') }}

),

explained as (

    select
        invoices.*,
        captures.paid_at as captured_at,
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
        *,
        case when later_minor > 0 then 'open' else status end as status_as_of,
        cast(amount_paid - later_minor * minor_unit as {{ exact() }})
            as amount_paid_as_of,
        cast(
            case
                when status = 'paid' and later_minor > 0 then later_minor * minor_unit
                else amount_remaining + later_minor * minor_unit
            end as {{ exact() }}
        ) as amount_remaining_as_of,
        cast(
            case
                when status = 'open' then amount_remaining + later_minor * minor_unit
                else later_minor * minor_unit
            end as {{ exact() }}
        ) as outstanding_amount,
        cast(
            case when status = 'uncollectible' then amount_remaining else zero_amount
            end as {{ exact() }}
        ) as bad_debt_amount,
        coalesce(settled_minor <> later_minor, false)
        or (status = 'paid' and later_minor = 0) as has_payment,
        coalesce(settled_minor > later_minor, status = 'paid') as is_charged,
        -- Paid out of band or by a credit note, as far as charges do not explain it.
        coalesce(settled_minor > captured_minor + later_minor, false)
        or coalesce(settled_minor < 0, false) as is_paid_otherwise,
        {{ dbt.datediff('effective_due_date', as_of_date(), 'day') }}
            as due_for_days
    from explained

),

final as (

    select
        *,
        case
            when status_as_of = 'open'
                then cast(due_for_days as {{ dbt.type_bigint() }})
        end as days_past_due,
        case
            when status_as_of = 'open' then {{ ageing_bucket('due_for_days') }}
        end as ageing_bucket,
        status_as_of = 'paid' as is_paid,
        status_as_of = 'open' as is_open,
        status_as_of = 'open' and due_for_days > 0 as is_past_due,
        status = 'uncollectible'
        or is_paid_otherwise
        or (has_payment and (captured_at is null or not is_charged))
            as is_date_estimated,
        case
            when is_charged and captured_at is not null
                then {{ reporting_date('captured_at') }}
            when has_payment then created_date
        end as paid_date,
        case when is_charged then captured_at end as paid_at
    from as_of

)

-- noqa: disable=AM04
select * from final
