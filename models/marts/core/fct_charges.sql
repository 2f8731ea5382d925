with

charges as (

    select * from {{ ref('stg_stripe__charges') }}

),

captured as (

    select * from {{ ref('int_payments__charges_captured') }}

),

refunds as (

    select * from {{ ref('fct_refunds') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

refunds_by_charge as (

    select
        source_relation,
        charge_id,
        sum(refund_count) as refund_count,
        sum(refund_amount) as refunded_amount
    from refunds
    where is_counted
    group by source_relation, charge_id

),

joined as (

    select
        charges.*,
        {{ major_units('charges.amount_minor') }} as attempted_amount,
        {{ major_units('captured.captured_amount_minor') }} as gross_amount,
        {{ major_units('charges.application_fee_minor') }} as application_fee_amount,
        cast(
            coalesce(refunds_by_charge.refunded_amount, {{ major_units('0') }})
            as numeric(38, 6)
        ) as refunded_amount,
        {{ major_units('0') }} as zero_amount,
        cast(
            coalesce(refunds_by_charge.refund_count, 0) as {{ dbt.type_bigint() }}
        ) as refund_count,
        captured.is_gross,
        coalesce(charges.status = 'succeeded', false) as is_succeeded,
        coalesce(charges.status = 'failed', false) as is_failed,
        coalesce(charges.status = 'pending', false) as is_pending,
        captured.reporting_date
    from charges
    inner join captured
        on charges.source_relation = captured.source_relation
        and charges.charge_id = captured.charge_id
    left join refunds_by_charge
        on charges.source_relation = refunds_by_charge.source_relation
        and charges.charge_id = refunds_by_charge.charge_id
    left join currencies
        on charges.currency = currencies.currency
    where captured.reporting_date is not null

),

final as (

    select
        source_relation,
        charge_id,
        balance_transaction_id,
        customer_id,
        destination_id,
        invoice_id,
        payment_intent_id,
        payment_method_id,
        currency,
        description,
        failure_code,
        failure_message,
        receipt_email,
        statement_descriptor,
        status,
        attempted_amount,
        gross_amount,
        case when is_failed then attempted_amount else zero_amount end as failed_amount,
        case when is_pending then attempted_amount else zero_amount end
            as pending_amount,
        refunded_amount,
        cast(gross_amount - refunded_amount as numeric(38, 6)) as net_amount,
        application_fee_amount,
        refund_count,
        is_succeeded,
        is_failed,
        is_pending,
        is_gross,
        is_succeeded and not is_gross as is_uncaptured,
        reporting_date,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month,
        created_at
    from joined

)

select * from final
