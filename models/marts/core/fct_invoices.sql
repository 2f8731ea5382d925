{{ config(
    materialized=by_object('table'), meta={'object': 'invoice_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

invoices as (

    select * from {{ touched('int_receivables__invoices_aged') }}

),

homes as (

    select * from {{ touched('int_payments__home_currencies') }}

),

ranked_charges as (

    select
        charges.*,
        coalesce(charges.currency = invoices.currency, false) as is_in_currency,
        row_number() over (
            partition by charges.source_relation, charges.invoice_id, charges.is_gross
            order by charges.created_at, {{ binary_order('charges.charge_id') }}
        ) as attempt_rank
    from {{ touched('fct_charges') }} as charges
    inner join {{ touched('int_payments__invoices_live') }} as invoices
        on charges.source_relation = invoices.source_relation
        and charges.invoice_id = invoices.invoice_id

),

charges as (

    -- Money only in the invoice's currency.
    select
        source_relation,
        invoice_id,
        cast(sum(case when is_in_currency then gross_amount end) as {{ exact() }})
            as gross_amount,
        cast(sum(case when is_in_currency then failed_amount end) as {{ exact() }})
            as failed_amount,
        cast(sum(case when is_in_currency then refunded_amount end) as {{ exact() }})
            as refund_amount,
        cast(
            max(case when is_gross and attempt_rank = 1 then days_to_payment end)
            as {{ exact() }}
        ) as days_to_payment,
        count(*) as charge_count,
        sum(case when is_succeeded then 1 else 0 end) as succeeded_charge_count,
        sum(case when is_failed then 1 else 0 end) as failed_charge_count,
        sum(dispute_count) as dispute_count
    from ranked_charges
    group by source_relation, invoice_id

),

final as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        invoices.charge_id,
        invoices.customer_id,
        invoices.subscription_id,
        invoices.ageing_bucket,
        invoices.billing_reason,
        invoices.currency,
        invoices.description,
        homes.currency as home_currency,
        invoices.receipt_number,
        invoices.statement_descriptor,
        invoices.status_as_of as status,
        invoices.subtotal,
        invoices.tax,
        invoices.exclusive_tax,
        invoices.discount,
        invoices.total,
        invoices.amount_due,
        invoices.amount_paid_as_of as amount_paid,
        invoices.amount_remaining_as_of as amount_remaining,
        invoices.outstanding_amount,
        invoices.bad_debt_amount,
        invoices.starting_balance,
        invoices.ending_balance,
        invoices.application_fee,
        {{ amount_figure('charges.gross_amount', 'invoices.zero_amount') }}
            as gross_amount,
        {{ amount_figure('charges.failed_amount', 'invoices.zero_amount') }}
            as failed_amount,
        {{ amount_figure('charges.refund_amount', 'invoices.zero_amount') }}
            as refund_amount,
        cast(
            {{ amount_figure('charges.gross_amount', 'invoices.zero_amount') }}
            - {{ amount_figure('charges.refund_amount', 'invoices.zero_amount') }}
            as {{ exact() }}
        ) as net_amount,
        charges.days_to_payment,
        invoices.days_past_due,
        invoices.attempt_count,
        {{ count_figure('charges.charge_count') }} as charge_count,
        {{ count_figure('charges.succeeded_charge_count') }} as succeeded_charge_count,
        {{ count_figure('charges.failed_charge_count') }} as failed_charge_count,
        {{ count_figure('charges.dispute_count') }} as dispute_count,
        invoices.is_attempted,
        invoices.is_auto_advance,
        invoices.is_closed,
        invoices.is_date_estimated,
        invoices.is_forgiven,
        invoices.is_open,
        invoices.is_paid,
        invoices.is_past_due,
        invoices.is_status_derived,
        invoices.created_date,
        invoices.effective_due_date,
        invoices.paid_date,
        invoices.created_date as reporting_date,
        {{ first_day_of('week', 'invoices.created_date') }} as reporting_week,
        {{ first_day_of('month', 'invoices.created_date') }} as reporting_month,
        invoices.created_at,
        invoices.due_at,
        invoices.next_payment_attempt_at,
        invoices.paid_at,
        invoices.period_start_at,
        invoices.period_end_at,
        invoices.webhooks_delivered_at
    from invoices
    left join charges
        on invoices.source_relation = charges.source_relation
        and invoices.invoice_id = charges.invoice_id
    left join homes
        on invoices.source_relation = homes.source_relation
        and invoices.customer_id = homes.customer_id

)

select * from final
