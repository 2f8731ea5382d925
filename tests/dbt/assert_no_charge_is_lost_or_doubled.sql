-- Staging, facts and the daily mart count the same charges: no join drops one or fans
-- out. Charges dated after the as-of day are left out on purpose.
{% call if_built() %}
with

staged as (

    select
        source_relation,
        currency,
        count(*) as charge_count
    from {{ ref('stg_stripe__charges') }}
    where {{ reporting_date('created_at') }} <= {{ as_of_date() }}
        and currency is not null
    group by
        source_relation,
        currency

),

facts as (

    select
        source_relation,
        currency,
        count(*) as charge_count
    from {{ ref('fct_charges') }}
    group by
        source_relation,
        currency

),

days as (

    select
        source_relation,
        currency,
        sum(attempted_charge_count) as charge_count
    from {{ ref('executive_summary_daily') }}
    group by
        source_relation,
        currency

)

select
    staged.source_relation,
    staged.currency,
    staged.charge_count as staged_count,
    facts.charge_count as fact_count,
    days.charge_count as daily_count
from staged
left join facts
    on staged.source_relation = facts.source_relation
    and staged.currency = facts.currency
left join days
    on staged.source_relation = days.source_relation
    and staged.currency = days.currency
where staged.charge_count <> coalesce(facts.charge_count, 0)
    or staged.charge_count <> coalesce(days.charge_count, 0)
{% endcall %}
