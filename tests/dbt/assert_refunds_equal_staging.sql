-- Refunds against the rows that Segment delivered: each once, at its amount, and in no
-- figure where it failed, was canceled, only released an authorization or returned a
-- payment that failed.
{% call if_built() %}
with

refunds as (

    select * from {{ ref('fct_refunds') }}

),

staged as (

    select * from {{ ref('stg_stripe__refunds') }}

),

charges as (

    select * from {{ ref('fct_charges') }}

),

returns as (

    select
        source_relation,
        refund_id
    from {{ ref('int_payments__refund_transactions') }}
    where payment_failure_count > 0

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

)

select
    refunds.source_relation,
    refunds.refund_id,
    refunds.charge_id,
    refunds.status,
    refunds.requested_amount,
    refunds.refund_amount,
    refunds.is_release
from refunds
left join staged
    on refunds.source_relation = staged.source_relation
    and refunds.refund_id = staged.refund_id
left join charges
    on refunds.source_relation = charges.source_relation
    and refunds.charge_id = charges.charge_id
left join returns
    on refunds.source_relation = returns.source_relation
    and refunds.refund_id = returns.refund_id
left join currencies
    on refunds.currency = currencies.currency
where refunds.requested_amount <> {{ major_units('staged.amount_minor') }}
    or refunds.refund_amount
    <> case when refunds.is_counted then refunds.requested_amount else 0 end
    or refunds.refund_count <> case when refunds.is_counted then 1 else 0 end
    or (refunds.is_counted and staged.status in ('failed', 'canceled'))
    or (refunds.is_counted and charges.is_uncaptured)
    or (
        not refunds.is_counted
        and not refunds.is_release
        and returns.refund_id is null
        and staged.status = 'succeeded'
    )
    or (
        refunds.is_release
        and charges.is_gross
        and refunds.requested_amount <> charges.attempted_amount - charges.gross_amount
    )
    or refunds.customer_id <> charges.customer_id
    or refunds.charge_reporting_date <> charges.reporting_date
{% endcall %}
