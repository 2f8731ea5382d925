{{ config(
    materialized=by_object('table'), meta={'object': 'dispute_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

with

disputes as (

    select * from {{ touched('int_payments__disputes_found') }}
    where reporting_date <= {{ as_of_date() }}

),

charges as (

    select * from {{ touched('int_payments__charges_captured') }}
    where reporting_date is not null

),

movements as (

    select * from {{ rows_of(
        'balances', 'int_charges__dispute_movements', is_touched=true,
        string=['source_relation', 'dispute_id', 'settlement_currency'],
        numeric=['withdrawn_amount', 'reinstated_amount', 'dispute_fee_amount'],
    ) }}

),

sources_delivered as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

joined as (

    -- Without any transaction the money is zero, or unknown where the source has none.
    select
        disputes.*,
        charges.customer_id,
        charges.invoice_id,
        charges.payment_intent_id,
        movements.settlement_currency,
        {{ major_units('disputes.amount_minor') }} as disputed_amount,
        {{ major_units('0') }} as zero_amount,
        case
            when movements.dispute_id is null then sources_delivered.zero_amount
            else movements.withdrawn_amount
        end as withdrawn_amount,
        case
            when movements.dispute_id is null then sources_delivered.zero_amount
            else movements.reinstated_amount
        end as reinstated_amount,
        case
            when movements.dispute_id is null then sources_delivered.zero_amount
            else movements.dispute_fee_amount
        end as dispute_fee_amount,
        coalesce(substr(disputes.status, 1, 8) = 'warning_', false) as is_warning,
        charges.reporting_date as charge_reporting_date
    from disputes
    left join charges
        on disputes.source_relation = charges.source_relation
        and disputes.charge_id = charges.charge_id
    left join movements
        on disputes.source_relation = movements.source_relation
        and disputes.dispute_id = movements.dispute_id
    left join sources_delivered
        on disputes.source_relation = sources_delivered.source_relation
    left join currencies
        on disputes.currency = currencies.currency

),

final as (

    select
        source_relation,
        dispute_id,
        charge_id,
        customer_id,
        invoice_id,
        payment_intent_id,
        currency,
        settlement_currency,
        reason,
        status,
        disputed_amount,
        case when is_warning then zero_amount else disputed_amount end
            as dispute_amount,
        cast(withdrawn_amount as {{ exact() }}) as withdrawn_amount,
        cast(reinstated_amount as {{ exact() }}) as reinstated_amount,
        cast(dispute_fee_amount as {{ exact() }}) as dispute_fee_amount,
        cast(case when is_warning then 0 else 1 end as {{ dbt.type_bigint() }})
            as dispute_count,
        not is_warning as is_counted,
        coalesce(status = 'won', false) as is_won,
        coalesce(status = 'lost', false) as is_lost,
        is_warning,
        is_charge_refundable,
        charge_reporting_date,
        reporting_date,
        {{ first_day_of('week', 'reporting_date') }} as reporting_week,
        {{ first_day_of('month', 'reporting_date') }} as reporting_month,
        created_at
    from joined

)

select * from final
