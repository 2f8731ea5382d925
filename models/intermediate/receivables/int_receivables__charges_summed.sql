-- The charges of each invoice summed, money only in the invoice's currency.
with

charges as (

    select * from {{ ref('fct_charges') }}

),

invoices as (

    select * from {{ ref('int_receivables__invoices_normalized') }}

),

ranked as (

    select
        charges.*,
        coalesce(charges.currency = invoices.currency, false) as is_in_currency,
        row_number() over (
            partition by charges.source_relation, charges.invoice_id, charges.is_gross
            order by charges.created_at, {{ binary_order('charges.charge_id') }}
        ) as attempt_rank
    from charges
    inner join invoices
        on charges.source_relation = invoices.source_relation
        and charges.invoice_id = invoices.invoice_id

),

final as (

    select
        source_relation,
        invoice_id,
        cast(sum(case when is_in_currency then gross_amount end) as numeric(38, 6))
            as gross_amount,
        cast(sum(case when is_in_currency then failed_amount end) as numeric(38, 6))
            as failed_amount,
        cast(sum(case when is_in_currency then refunded_amount end) as numeric(38, 6))
            as refund_amount,
        cast(
            max(case when is_gross and attempt_rank = 1 then days_to_payment end)
            as numeric(38, 6)
        ) as days_to_payment,
        count(*) as charge_count,
        sum(case when is_succeeded then 1 else 0 end) as succeeded_charge_count,
        sum(case when is_failed then 1 else 0 end) as failed_charge_count,
        sum(dispute_count) as dispute_count
    from ranked
    group by source_relation, invoice_id

)

select * from final
