-- Every figure of the customers sums to the facts of customers, per currency.
{% call if_built() %}
with

customers as (

    select
        source_relation,
        currency,
        sum(attempted_charge_count) as attempted_count,
        sum(attempted_charge_amount) as attempted_amount,
        sum(gross_charge_count) as gross_count,
        sum(gross_charge_amount) as gross_amount,
        sum(failed_charge_count) as failed_count,
        sum(failed_charge_amount) as failed_amount,
        sum(pending_charge_count) as pending_count,
        sum(pending_charge_amount) as pending_amount,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refund_amount,
        sum(net_charge_amount) as net_amount,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount,
        sum(fee_amount) as fee_amount,
        sum(unpaid_invoice_count) as unpaid_count,
        sum(outstanding_amount) as outstanding_amount,
        sum(past_due_amount) as past_due_amount,
        sum(bad_debt_amount) as bad_debt_amount
    from {{ ref('customer_lookup') }}
    group by
        source_relation,
        currency

),

charges as (

    select
        source_relation,
        currency,
        count(*) as attempted_count,
        sum(attempted_amount) as attempted_amount,
        sum(case when is_gross then 1 else 0 end) as gross_count,
        sum(gross_amount) as gross_amount,
        sum(case when status = 'failed' then 1 else 0 end) as failed_count,
        sum(failed_amount) as failed_amount,
        sum(case when status = 'pending' then 1 else 0 end) as pending_count,
        sum(pending_amount) as pending_amount
    from {{ ref('fct_charges') }}
    where customer_id is not null
    group by
        source_relation,
        currency

),

refunds as (

    select
        source_relation,
        currency,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refund_amount
    from {{ ref('fct_refunds') }}
    where customer_id is not null
    group by
        source_relation,
        currency

),

disputes as (

    select
        source_relation,
        currency,
        sum(dispute_count) as dispute_count,
        sum(dispute_amount) as dispute_amount
    from {{ rows_of(
        'disputes', 'fct_disputes', string=['source_relation', 'currency', 'customer_id'],
        integer=['dispute_count'], numeric=['dispute_amount'],
    ) }}
    where customer_id is not null
    group by
        source_relation,
        currency

),

invoices as (

    select
        source_relation,
        currency,
        sum(case when status = 'open' then 1 else 0 end) as unpaid_count,
        sum(outstanding_amount) as outstanding_amount,
        sum(case when days_past_due > 0 then outstanding_amount else 0 end)
            as past_due_amount,
        sum(bad_debt_amount) as bad_debt_amount
    from {{ rows_of(
        'receivables', 'fct_invoices',
        string=['source_relation', 'currency', 'customer_id', 'status'],
        integer=['days_past_due'], numeric=['outstanding_amount', 'bad_debt_amount'],
    ) }}
    where customer_id is not null
    group by
        source_relation,
        currency

),

balances as (

    select
        source_relation,
        currency,
        sum(fee_amount) as fee_amount
    from {{ rows_of(
        'balances', 'fct_balance_transactions',
        string=['source_relation', 'currency', 'customer_id'],
        numeric=['fee_amount'], boolean=['is_net_volume'],
    ) }}
    where customer_id is not null
        and is_net_volume
    group by
        source_relation,
        currency

)

select
    customers.source_relation,
    customers.currency,
    customers.attempted_count - charges.attempted_count as attempted_count_difference,
    customers.gross_amount - charges.gross_amount as gross_difference,
    customers.failed_amount - charges.failed_amount as failed_difference,
    customers.pending_amount - charges.pending_amount as pending_difference,
    customers.refund_amount - refunds.refund_amount as refund_difference,
    customers.dispute_amount - disputes.dispute_amount as dispute_difference,
    customers.fee_amount - balances.fee_amount as fee_difference,
    customers.outstanding_amount - invoices.outstanding_amount
        as outstanding_difference,
    customers.past_due_amount - invoices.past_due_amount as past_due_difference,
    customers.bad_debt_amount - invoices.bad_debt_amount as bad_debt_difference
from customers
left join charges
    on customers.source_relation = charges.source_relation
    and customers.currency = charges.currency
left join refunds
    on customers.source_relation = refunds.source_relation
    and customers.currency = refunds.currency
left join disputes
    on customers.source_relation = disputes.source_relation
    and customers.currency = disputes.currency
left join invoices
    on customers.source_relation = invoices.source_relation
    and customers.currency = invoices.currency
left join balances
    on customers.source_relation = balances.source_relation
    and customers.currency = balances.currency
where customers.attempted_count <> coalesce(charges.attempted_count, 0)
    or customers.attempted_amount <> coalesce(charges.attempted_amount, 0)
    or customers.gross_count <> coalesce(charges.gross_count, 0)
    or customers.gross_amount <> coalesce(charges.gross_amount, 0)
    or customers.failed_count <> coalesce(charges.failed_count, 0)
    or customers.failed_amount <> coalesce(charges.failed_amount, 0)
    or customers.pending_count <> coalesce(charges.pending_count, 0)
    or customers.pending_amount <> coalesce(charges.pending_amount, 0)
    or customers.refund_count <> coalesce(refunds.refund_count, 0)
    or customers.refund_amount <> coalesce(refunds.refund_amount, 0)
    or customers.net_amount
    <> coalesce(charges.gross_amount, 0) - coalesce(refunds.refund_amount, 0)
    or customers.dispute_count <> coalesce(disputes.dispute_count, 0)
    or customers.dispute_amount <> coalesce(disputes.dispute_amount, 0)
    or customers.fee_amount <> coalesce(balances.fee_amount, 0)
    or customers.unpaid_count <> coalesce(invoices.unpaid_count, 0)
    or customers.outstanding_amount <> coalesce(invoices.outstanding_amount, 0)
    or customers.past_due_amount <> coalesce(invoices.past_due_amount, 0)
    or customers.bad_debt_amount <> coalesce(invoices.bad_debt_amount, 0)
{% endcall %}
