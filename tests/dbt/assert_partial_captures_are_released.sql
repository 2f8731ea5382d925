{{ config(severity='warn') }}

-- Charges captured at another amount than was asked for, where no refund released the
-- rest; a source that delivers no refunds has no releases, and passes.
{% call if_built() %}
with

refunds as (

    select * from {{ ref('fct_refunds') }}

),

releases as (

    select distinct
        source_relation,
        charge_id
    from refunds
    where is_release

),

sources_with_refunds as (

    select distinct source_relation from refunds
    where not is_inferred

)

select
    charges.source_relation,
    charges.charge_id,
    charges.currency,
    charges.attempted_amount,
    charges.gross_amount
from {{ ref('fct_charges') }} as charges
inner join sources_with_refunds
    on charges.source_relation = sources_with_refunds.source_relation
left join releases
    on charges.source_relation = releases.source_relation
    and charges.charge_id = releases.charge_id
where charges.is_gross
    and charges.gross_amount <> charges.attempted_amount
    and (
        releases.charge_id is null
        or charges.gross_amount > charges.attempted_amount
    )
{% endcall %}
