-- Disputes against the rows that Segment delivered: each once, at its amount, counted
-- unless it is a warning, and with the money that its own transactions moved.
{% call if_built() %}
with

test_mode_objects as (

    select * from {{ ref('int_payments__test_mode_objects') }}

),

staged as (

    select
        disputes.*,
        {{ reporting_date('disputes.created_at') }} as reporting_date
    from {{ ref('stg_stripe__disputes') }} as disputes
    left join test_mode_objects
        on disputes.source_relation = test_mode_objects.source_relation
        and disputes.dispute_id = test_mode_objects.object_id
    where test_mode_objects.object_id is null

),

moved as (

    select
        source_relation,
        source_id as dispute_id,
        sum(transaction_amount) as transaction_amount,
        sum(fee_amount) as fee_amount
    from {{ ref('fct_balance_transactions') }}
    where reporting_category in ('dispute', 'dispute_reversal')
    group by
        source_relation,
        source_id
    having count(distinct currency) = 1

),

named_charges as (

    -- An adjustment may name the charge instead.
    select distinct
        source_relation,
        source_id
    from {{ ref('fct_balance_transactions') }}
    where reporting_category in ('dispute', 'dispute_reversal')

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

)

select
    staged.source_relation,
    staged.dispute_id,
    staged.status,
    facts.dispute_amount,
    facts.dispute_count,
    facts.withdrawn_amount,
    facts.reinstated_amount,
    facts.dispute_fee_amount
from staged
left join {{ ref('fct_disputes') }} as facts
    on staged.source_relation = facts.source_relation
    and staged.dispute_id = facts.dispute_id
left join moved
    on staged.source_relation = moved.source_relation
    and staged.dispute_id = moved.dispute_id
left join named_charges
    on staged.source_relation = named_charges.source_relation
    and facts.charge_id = named_charges.source_id
left join currencies
    on staged.currency = currencies.currency
where staged.reporting_date <= {{ as_of_date() }}
    and (
        facts.dispute_id is null
        or facts.charge_id <> staged.charge_id
        or facts.disputed_amount <> {{ major_units('staged.amount_minor') }}
        or facts.is_counted <> coalesce(substr(staged.status, 1, 7) <> 'warning', true)
        or facts.dispute_amount
        <> case when facts.is_counted then facts.disputed_amount else 0 end
        or facts.dispute_count <> case when facts.is_counted then 1 else 0 end
        or facts.is_won <> coalesce(staged.status = 'won', false)
        or facts.is_lost <> coalesce(staged.status = 'lost', false)
        or facts.reporting_date <> staged.reporting_date
        or (
            moved.dispute_id is not null
            and named_charges.source_id is null
            and (
                facts.reinstated_amount - facts.withdrawn_amount
                <> moved.transaction_amount
                or facts.dispute_fee_amount <> moved.fee_amount
            )
        )
    )
{% endcall %}
