-- What the lookup says was collected of invoices sums to the charges that pay them. It
-- goes by the invoice's currency, and so leaves out a charge in another.
{% call if_built() %}
with

invoices as (

    select
        source_relation,
        currency,
        sum(charge_count) as charge_count,
        sum(failed_charge_count) as failed_count,
        sum(gross_amount) as gross_amount,
        sum(failed_amount) as failed_amount,
        sum(refund_amount) as refund_amount,
        sum(net_amount) as net_amount
    from {{ ref('invoice_lookup') }}
    where currency is not null
    group by
        source_relation,
        currency

),

charges as (

    select
        charges.*,
        invoices.currency as invoice_currency,
        charges.currency = invoices.currency as is_in_currency
    from {{ ref('invoice_lookup_charges') }} as charges
    inner join {{ ref('int_payments__invoices_live') }} as invoices
        on charges.source_relation = invoices.source_relation
        and charges.invoice_id = invoices.invoice_id
    where invoices.is_by_as_of
        and invoices.created_at is not null

),

summed as (

    select
        source_relation,
        invoice_currency as currency,
        count(*) as charge_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_count,
        sum(case when is_in_currency then gross_amount end) as gross_amount,
        sum(case when is_in_currency then failed_amount end) as failed_amount,
        sum(case when is_in_currency then refund_amount end) as refund_amount
    from charges
    group by
        source_relation,
        invoice_currency

)

select
    invoices.source_relation,
    invoices.currency,
    invoices.charge_count - summed.charge_count as count_difference,
    invoices.failed_count - summed.failed_count as failed_count_difference,
    invoices.gross_amount - summed.gross_amount as gross_difference,
    invoices.failed_amount - summed.failed_amount as failed_difference,
    invoices.refund_amount - summed.refund_amount as refund_difference
from invoices
left join summed
    on invoices.source_relation = summed.source_relation
    and invoices.currency = summed.currency
where invoices.charge_count <> coalesce(summed.charge_count, 0)
    or invoices.failed_count <> coalesce(summed.failed_count, 0)
    or invoices.gross_amount <> coalesce(summed.gross_amount, 0)
    or invoices.failed_amount <> coalesce(summed.failed_amount, 0)
    or invoices.refund_amount <> coalesce(summed.refund_amount, 0)
    or invoices.net_amount
    <> coalesce(summed.gross_amount, 0) - coalesce(summed.refund_amount, 0)
{% endcall %}
