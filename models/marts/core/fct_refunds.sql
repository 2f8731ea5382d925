{{ config(
    materialized=by_object('table'), meta={'object': 'refund_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

refunds as (

    select * from {{ touched('int_payments__refunds_classified') }}

),

charges as (

    select * from {{ touched('int_payments__charges_captured') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

dated as (

    select
        *,
        not is_failed and not is_release and not is_payment_failure as is_counted,
        {{ reporting_date('created_at') }} as reporting_date
    from refunds

),

final as (

    select
        dated.source_relation,
        dated.refund_id,
        dated.balance_transaction_id,
        dated.charge_id,
        charges.customer_id,
        charges.invoice_id,
        charges.payment_intent_id,
        dated.currency,
        dated.reason,
        dated.receipt_number,
        dated.status,
        {{ major_units('dated.amount_minor') }} as requested_amount,
        case
            when dated.is_counted then {{ major_units('dated.amount_minor') }}
            else {{ major_units('0') }}
        end as refund_amount,
        cast(case when dated.is_counted then 1 else 0 end as {{ dbt.type_bigint() }})
            as refund_count,
        dated.is_counted,
        dated.is_date_estimated,
        dated.is_failed,
        dated.is_inferred,
        dated.is_release,
        charges.reporting_date as charge_reporting_date,
        dated.reporting_date,
        {{ first_day_of('week', 'dated.reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'dated.reporting_date') }} as reporting_month,
        dated.created_at
    from dated
    left join charges
        on dated.source_relation = charges.source_relation
        and dated.charge_id = charges.charge_id
    left join currencies
        on dated.currency = currencies.currency
    where dated.reporting_date <= {{ as_of_date() }}

)

select * from final
