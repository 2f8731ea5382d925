{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- Trials, one a subscription, and what became of them.
with

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

invoices as (

    select * from {{ touched('int_subscriptions__invoices_billed') }}
    where is_paid

),

trials as (

    select
        source_relation,
        subscription_id,
        {{ earlier_of('trial_end_at', 'ended_at') }} as trial_ended_at,
        ended_at < trial_end_at as is_cut_short,
        ended_at is not null
        or coalesce(is_deleted, false)
        or {{ is_one_of('status', [
            'canceled', 'unpaid', 'paused', 'incomplete_expired',
        ]) }} as is_over
    from subscriptions
    where trial_end_at is not null
        and (trial_start_at is null or trial_start_at < trial_end_at)

),

paid as (

    select
        source_relation,
        subscription_id,
        max(created_at) as last_paid_at
    from invoices
    group by source_relation, subscription_id

),

final as (

    select
        trials.source_relation,
        trials.subscription_id,
        case
            when {{ reporting_date('trials.trial_ended_at') }} > {{ as_of_date() }}
                then 'trialing'
            when trials.is_cut_short then 'lost'
            when paid.last_paid_at >= trials.trial_ended_at then 'converted'
            when trials.is_over then 'lost'
            else 'pending'
        end as trial_outcome,
        {{ reporting_date('trials.trial_ended_at') }} as trial_ended_date
    from trials
    left join paid
        on trials.source_relation = paid.source_relation
        and trials.subscription_id = paid.subscription_id

)

select * from final
