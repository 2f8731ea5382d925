-- Payments hold every charge once, with its money, and are what their charges say.
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
    from {{ ref('fct_charges') }}

),

attempts as (

    select
        source_relation,
        payment_id,
        count(*) as attempt_count,
        sum(gross_amount) as gross_amount,
        sum(refunded_amount) as refunded_amount,
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
        charges.status,
        charges.failure_code,
        charges.attempted_amount
    from charges
    inner join attempts
        on charges.source_relation = attempts.source_relation
        and charges.payment_id = attempts.payment_id
        and charges.attempts_left = attempts.attempt_count

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
left join {{ ref('fct_payments') }} as payments
    on attempts.source_relation = payments.source_relation
    and attempts.payment_id = payments.payment_id
where payments.payment_id is null
    or payments.attempt_count <> attempts.attempt_count
    or payments.gross_amount <> attempts.gross_amount
    or payments.refunded_amount <> attempts.refunded_amount
    or payments.payment_amount
    <> case
        when attempts.gross_amount > 0 then attempts.gross_amount
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
    <> coalesce(first_attempts.failure_code, '')
    or payments.is_first_attempt_failed
    <> coalesce(first_attempts.status = 'failed', false)
    or payments.is_recovered
    <> coalesce(
        first_attempts.status = 'failed' and attempts.succeeded_count > 0, false
    )
