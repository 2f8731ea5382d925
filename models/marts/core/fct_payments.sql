{{ config(
    materialized=by_object('table'), meta={'object': 'payment_id'},
    **stored_by(['reporting_date', 'customer_id'])
) }}

-- Retries folded together: one payment is a payment intent, else an invoice, else a
-- single charge. Its money is that in the currency of its first attempt.
with

charges as (

    select * from {{ touched('fct_charges') }}

),

folding as (

    select
        source_relation,
        charge_id,
        payment_id,
        row_number() over (
            partition by source_relation, payment_id
            order by created_at, {{ binary_order('charge_id') }}
        ) as attempt_number,
        first_value(currency) over (
            partition by source_relation, payment_id
            order by created_at, {{ binary_order('charge_id') }}
            rows between unbounded preceding and current row
        ) = currency as is_in_currency
    from {{ touched('int_payments__charges_captured') }}
    where reporting_date is not null

),

attempts as (

    select
        charges.*,
        folding.payment_id,
        folding.attempt_number,
        folding.is_in_currency
    from charges
    inner join folding
        on charges.source_relation = folding.source_relation
        and charges.charge_id = folding.charge_id

),

first_attempts as (

    select * from attempts
    where attempt_number = 1

),

folded as (

    select
        source_relation,
        payment_id,
        max(case when is_succeeded then 1 else 0 end) as has_success,
        max(case when is_pending then 1 else 0 end) as has_pending,
        max(case when is_failed then 1 else 0 end) as has_failure,
        max(case when is_gross and is_in_currency then 1 else 0 end) as has_capture,
        cast(count(*) as {{ dbt.type_bigint() }}) as attempt_count,
        cast(sum(case when is_in_currency then gross_amount end) as {{ exact() }})
            as gross_amount,
        cast(sum(case when is_in_currency then refunded_amount end) as {{ exact() }})
            as refunded_amount,
        min(case when is_succeeded then created_at end) as succeeded_at
    from attempts
    group by source_relation, payment_id

),

final as (

    select
        first_attempts.source_relation,
        folded.payment_id,
        first_attempts.customer_id,
        first_attempts.charge_id as first_charge_id,
        first_attempts.invoice_id,
        first_attempts.payment_intent_id,
        first_attempts.currency,
        first_attempts.failure_category as first_failure_category,
        case when first_attempts.is_failed then first_attempts.failure_code end
            as first_failure_code,
        case
            when folded.has_success = 1 then 'succeeded'
            when folded.has_pending = 1 then 'pending'
            when folded.has_failure = 1 then 'failed'
            else 'unknown'
        end as status,
        case
            when folded.has_capture = 1 then folded.gross_amount
            else first_attempts.attempted_amount
        end as payment_amount,
        folded.gross_amount,
        folded.refunded_amount,
        folded.attempt_count,
        first_attempts.is_failed as is_first_attempt_failed,
        first_attempts.is_failed and folded.has_success = 1 as is_recovered,
        first_attempts.is_retryable,
        first_attempts.reporting_date,
        first_attempts.reporting_week,
        first_attempts.reporting_month,
        first_attempts.created_at,
        folded.succeeded_at
    from folded
    inner join first_attempts
        on folded.source_relation = first_attempts.source_relation
        and folded.payment_id = first_attempts.payment_id

)

select * from final
