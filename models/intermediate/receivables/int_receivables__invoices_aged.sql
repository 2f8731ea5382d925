-- What is owed of each invoice and since when, and when the rest of it was paid.
with

invoices as (

    select * from {{ ref('int_receivables__invoices_normalized') }}

),

charges as (

    select * from {{ ref('int_receivables__charges_summed') }}

),

owed as (

    select
        *,
        status = 'paid' as is_paid,
        status = 'open' as is_open,
        case when status = 'open' then amount_remaining else zero_amount end
            as outstanding_amount,
        case when status = 'uncollectible' then amount_remaining else zero_amount end
            as bad_debt_amount,
        case
            when status = 'open'
                then
                    cast(
                        {{ dbt.datediff('effective_due_date', as_of_date(), 'day') }}
                        as {{ dbt.type_bigint() }}
                    )
        end as days_past_due,
        status = 'paid'
        or (status in ('open', 'uncollectible') and is_part_paid) as has_payment
    from invoices

),

final as (

    select
        owed.source_relation,
        owed.invoice_id,
        owed.is_paid,
        owed.is_open,
        owed.outstanding_amount,
        owed.bad_debt_amount,
        owed.days_past_due,
        {{ amount_figure('charges.gross_amount') }} as gross_amount,
        {{ amount_figure('charges.failed_amount') }}
            as failed_amount,
        {{ amount_figure('charges.refund_amount') }}
            as refund_amount,
        charges.days_to_payment,
        {{ count_figure('charges.charge_count') }} as charge_count,
        {{ count_figure('charges.succeeded_charge_count') }} as succeeded_charge_count,
        {{ count_figure('charges.failed_charge_count') }} as failed_charge_count,
        {{ count_figure('charges.dispute_count') }} as dispute_count,
        case
            when owed.days_past_due <= 0 then 'current'
            when owed.days_past_due <= 30 then '1_30'
            when owed.days_past_due <= 60 then '31_60'
            when owed.days_past_due <= 90 then '61_90'
            when owed.days_past_due > 90 then 'over_90'
        end as ageing_bucket,
        coalesce(owed.days_past_due > 0, false) as is_past_due,
        owed.status = 'uncollectible'
        or (owed.has_payment and charges.paid_at is null) as is_date_estimated,
        case
            when owed.has_payment and charges.paid_at is null then owed.created_date
            when owed.has_payment then {{ reporting_date('charges.paid_at') }}
        end as paid_date,
        case when owed.has_payment then charges.paid_at end as paid_at
    from owed
    left join charges
        on owed.source_relation = charges.source_relation
        and owed.invoice_id = charges.invoice_id

)

select * from final
