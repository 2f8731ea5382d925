-- What the lookup says was collected of invoices sums to the charges that pay them. It
-- goes by the invoice's currency, and so leaves out a charge in another.
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
        charges.source_relation,
        invoices.currency,
        count(*) as charge_count,
        sum(case when charges.status = 'failed' then 1 else 0 end) as failed_count,
        sum(case when charges.currency = invoices.currency then charges.gross_amount end)
            as gross_amount,
        sum(
            case when charges.currency = invoices.currency then charges.failed_amount end
        ) as failed_amount,
        sum(
            case when charges.currency = invoices.currency then charges.refund_amount end
        ) as refund_amount
    from {{ ref('invoice_lookup_charges') }} as charges
    inner join {{ ref('stg_stripe__invoices') }} as invoices
        on charges.source_relation = invoices.source_relation
        and charges.invoice_id = invoices.invoice_id
    where {{ reporting_date('invoices.created_at') }} <= {{ as_of_date() }}
    group by
        charges.source_relation,
        invoices.currency

)

select
    invoices.source_relation,
    invoices.currency,
    invoices.charge_count - charges.charge_count as count_difference,
    invoices.failed_count - charges.failed_count as failed_count_difference,
    invoices.gross_amount - charges.gross_amount as gross_difference,
    invoices.failed_amount - charges.failed_amount as failed_difference,
    invoices.refund_amount - charges.refund_amount as refund_difference
from invoices
left join charges
    on invoices.source_relation = charges.source_relation
    and invoices.currency = charges.currency
where invoices.charge_count <> coalesce(charges.charge_count, 0)
    or invoices.failed_count <> coalesce(charges.failed_count, 0)
    or invoices.gross_amount <> coalesce(charges.gross_amount, 0)
    or invoices.failed_amount <> coalesce(charges.failed_amount, 0)
    or invoices.refund_amount <> coalesce(charges.refund_amount, 0)
    or invoices.net_amount
    <> coalesce(charges.gross_amount, 0) - coalesce(charges.refund_amount, 0)
