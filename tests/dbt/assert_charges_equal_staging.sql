-- Charge facts recomputed from the rows that Segment delivered, by status: what was
-- asked for, what failed, what is pending, and how many charges count as gross.
{% call if_built() %}
with

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

staged as (

    select
        charges.source_relation,
        charges.currency,
        coalesce(charges.status, 'none') as status,
        count(*) as charge_count,
        sum(charges.amount_minor) * max(currencies.minor_unit) as attempted_amount,
        sum(
            case
                when charges.status <> 'succeeded' or not charges.is_captured then 0
                else 1
            end
        ) as captured_count
    from {{ ref('stg_stripe__charges') }} as charges
    inner join currencies
        on charges.currency = currencies.currency
    where {{ reporting_date('charges.created_at') }} <= {{ as_of_date() }}
    group by
        charges.source_relation,
        charges.currency,
        coalesce(charges.status, 'none')

),

facts as (

    select
        source_relation,
        currency,
        coalesce(status, 'none') as status,
        count(*) as charge_count,
        sum(attempted_amount) as attempted_amount,
        sum(failed_amount) as failed_amount,
        sum(pending_amount) as pending_amount,
        sum(case when is_gross then 1 else 0 end) as gross_count,
        sum(case when is_uncaptured then 1 else 0 end) as uncaptured_count
    from {{ ref('fct_charges') }}
    group by
        source_relation,
        currency,
        coalesce(status, 'none')

)

select
    staged.source_relation,
    staged.currency,
    staged.status,
    staged.charge_count,
    staged.attempted_amount as staged_amount,
    facts.attempted_amount,
    facts.failed_amount,
    facts.pending_amount,
    staged.captured_count,
    facts.gross_count
from staged
left join facts
    on staged.source_relation = facts.source_relation
    and staged.currency = facts.currency
    and staged.status = facts.status
where staged.charge_count <> coalesce(facts.charge_count, 0)
    or staged.attempted_amount <> coalesce(facts.attempted_amount, 0)
    or facts.failed_amount
    <> case when staged.status = 'failed' then staged.attempted_amount else 0 end
    or facts.pending_amount
    <> case when staged.status = 'pending' then staged.attempted_amount else 0 end
    or (
        staged.status = 'succeeded'
        and (
            staged.captured_count <> facts.gross_count
            or staged.charge_count - staged.captured_count <> facts.uncaptured_count
        )
    )
    or (staged.status <> 'succeeded' and facts.gross_count + facts.uncaptured_count > 0)
{% endcall %}
