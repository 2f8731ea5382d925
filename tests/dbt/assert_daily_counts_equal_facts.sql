-- The daily mart counts each customer, charge, refund and settled payment once.
{% call if_built() %}
with

customers as (

    select
        source_relation,
        count(*) as customer_count
    from {{ ref('dim_customers') }}
    where created_date is not null
    group by source_relation

),

payments as (

    select
        source_relation,
        sum(case when status = 'succeeded' then 1 else 0 end) as succeeded_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_count
    from {{ ref('fct_payments') }}
    where currency is not null
    group by source_relation

),

charges as (

    select
        source_relation,
        sum(case when status = 'succeeded' then 1 else 0 end) as succeeded_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_count,
        sum(case when status = 'pending' then 1 else 0 end) as pending_count,
        sum(case when is_gross then 1 else 0 end) as gross_count
    from {{ ref('fct_charges') }}
    where currency is not null
    group by source_relation

),

refunds as (

    select
        source_relation,
        sum(case when is_counted then 1 else 0 end) as refund_count,
        count(
            distinct case
                when is_counted and charge_reporting_date is not null
                    then charge_id || currency
            end
        ) as refunded_count
    from {{ ref('fct_refunds') }}
    where currency is not null
    group by source_relation

),

days as (

    select
        source_relation,
        sum(new_customer_count) as new_customer_count,
        sum(succeeded_payment_count) as succeeded_payment_count,
        sum(failed_payment_count) as failed_payment_count,
        sum(succeeded_charge_count) as succeeded_charge_count,
        sum(failed_charge_count) as failed_charge_count,
        sum(pending_charge_count) as pending_charge_count,
        sum(gross_charge_count) as gross_charge_count,
        sum(refunded_charge_count) as refunded_charge_count,
        sum(refund_count) as refund_count
    from {{ ref('executive_summary_daily') }}
    group by source_relation

)

select
    days.*,
    customers.customer_count,
    payments.succeeded_count + payments.failed_count as payment_count,
    charges.gross_count,
    refunds.refund_count as fact_refund_count
from days
left join customers
    on days.source_relation = customers.source_relation
left join payments
    on days.source_relation = payments.source_relation
left join charges
    on days.source_relation = charges.source_relation
left join refunds
    on days.source_relation = refunds.source_relation
where days.new_customer_count <> coalesce(customers.customer_count, 0)
    or days.succeeded_payment_count <> coalesce(payments.succeeded_count, 0)
    or days.failed_payment_count <> coalesce(payments.failed_count, 0)
    or days.succeeded_charge_count <> coalesce(charges.succeeded_count, 0)
    or days.failed_charge_count <> coalesce(charges.failed_count, 0)
    or days.pending_charge_count <> coalesce(charges.pending_count, 0)
    or days.gross_charge_count <> coalesce(charges.gross_count, 0)
    or days.refunded_charge_count <> coalesce(refunds.refunded_count, 0)
    or days.refund_count <> coalesce(refunds.refund_count, 0)
{% endcall %}
