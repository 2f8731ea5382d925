-- Refund rows dated by as_of and of no test-mode charge, in staging and as facts.
{% call if_built() %}
with

test_mode_charges as (

    select * from {{ ref('stg_stripe__test_mode_charges') }}

),

staged as (

    select
        refunds.source_relation,
        count(*) as refund_count
    from {{ ref('stg_stripe__refunds') }} as refunds
    left join test_mode_charges
        on refunds.source_relation = test_mode_charges.source_relation
        and refunds.charge_id = test_mode_charges.charge_id
    where test_mode_charges.charge_id is null
        and {{ reporting_date('refunds.created_at') }} <= {{ as_of_date() }}
    group by refunds.source_relation

),

facts as (

    select
        source_relation,
        count(*) as refund_count
    from {{ ref('fct_refunds') }}
    where not is_inferred
        and not is_date_estimated
    group by source_relation

)

select
    staged.source_relation,
    staged.refund_count as staged_count,
    facts.refund_count as fact_count
from staged
left join facts
    on staged.source_relation = facts.source_relation
where staged.refund_count <> coalesce(facts.refund_count, 0)
{% endcall %}
