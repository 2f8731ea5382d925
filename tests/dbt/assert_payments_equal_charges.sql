-- Payments hold every charge once and are what their charges say; their money is that
-- in the currency of the first attempt.
{% call if_built() %}
with

charges as (

    select
        *,
        coalesce(payment_intent_id, invoice_id, charge_id) as payment_id,
        row_number() over (
            partition by
                source_relation,
                coalesce(payment_intent_id, invoice_id, charge_id)
            order by created_at desc, {{ binary_order('charge_id') }} desc
        ) as attempts_left
    from {{ touched('fct_charges') }}

),

attempts as (

    select
        source_relation,
        payment_id,
        count(*) as attempt_count,
        sum(case when status = 'succeeded' then 1 else 0 end) as succeeded_count,
        sum(case when status = 'pending' then 1 else 0 end) as pending_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_count,
        min(created_at) as created_at
    from charges
    group by
        source_relation,
        payment_id

),

first_attempts as (

    select
        charges.source_relation,
        charges.payment_id,
        charges.currency,
        charges.status,
        charges.failure_code,
        charges.attempted_amount
    from charges
    inner join attempts
        on charges.source_relation = attempts.source_relation
        and charges.payment_id = attempts.payment_id
        and charges.attempts_left = attempts.attempt_count

),

money as (

    select
        charges.source_relation,
        charges.payment_id,
        sum(charges.gross_amount) as gross_amount,
        sum(charges.refunded_amount) as refunded_amount,
        sum(case when charges.is_gross then 1 else 0 end) as capture_count
    from charges
    inner join first_attempts
        on charges.source_relation = first_attempts.source_relation
        and charges.payment_id = first_attempts.payment_id
        and charges.currency = first_attempts.currency
    group by
        charges.source_relation,
        charges.payment_id

)

select
    attempts.source_relation,
    attempts.payment_id,
    payments.status,
    payments.payment_amount,
    payments.attempt_count,
    attempts.attempt_count as charge_count,
    attempts.succeeded_count,
    payments.is_recovered
from attempts
inner join first_attempts
    on attempts.source_relation = first_attempts.source_relation
    and attempts.payment_id = first_attempts.payment_id
left join money
    on attempts.source_relation = money.source_relation
    and attempts.payment_id = money.payment_id
left join {{ touched('fct_payments') }} as payments
    on attempts.source_relation = payments.source_relation
    and attempts.payment_id = payments.payment_id
where payments.payment_id is null
    or payments.attempt_count <> attempts.attempt_count
    or payments.gross_amount <> money.gross_amount
    or payments.refunded_amount <> money.refunded_amount
    or payments.payment_amount
    <> case
        when money.capture_count > 0 then money.gross_amount
        else first_attempts.attempted_amount
    end
    or payments.status
    <> case
        when attempts.succeeded_count > 0 then 'succeeded'
        when attempts.pending_count > 0 then 'pending'
        when attempts.failed_count > 0 then 'failed'
        else 'unknown'
    end
    or payments.created_at <> attempts.created_at
    or coalesce(payments.first_failure_code, '')
    <> case
        when first_attempts.status = 'failed'
            then coalesce(first_attempts.failure_code, '')
        else ''
    end
    or payments.is_first_attempt_failed
    <> coalesce(first_attempts.status = 'failed', false)
    or payments.is_recovered
    <> coalesce(
        first_attempts.status = 'failed' and attempts.succeeded_count > 0, false
    )
{% endcall %}
