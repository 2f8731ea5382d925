{{ config(tags=['recurring_revenue']) }}

-- The seam between invoice lines and snapshots: at each month's end a subscription is
-- estimated before its first known day and known from then on, never both, and one that
-- counts is not lost.
{% call if_built() %}
with

versions as (

    select * from {{ ref('int_subscriptions__subscription_versions') }}

),

months as (

    select * from {{ ref('int_subscriptions__months') }}

),

first_known as (

    select
        source_relation,
        subscription_id,
        min(valid_from_date) as known_from_date
    from versions
    group by source_relation, subscription_id

),

months_by_basis as (

    select
        source_relation,
        subscription_id,
        reporting_month,
        max(last_date) as last_date,
        max(case when basis = 'known' then 1 else 0 end) as is_known,
        max(case when basis = 'estimated' then 1 else 0 end) as is_estimated
    from {{ ref('int_subscriptions__items') }}
    where basis <> 'current'
    group by source_relation, subscription_id, reporting_month

),

counted as (

    select
        versions.source_relation,
        versions.subscription_id,
        months.reporting_month
    from versions
    inner join months
        on versions.source_relation = months.source_relation
        and versions.valid_from_date <= months.last_date
        and versions.valid_to_date > months.last_date
    where versions.is_counted

)

select
    months_by_basis.source_relation,
    months_by_basis.subscription_id,
    months_by_basis.reporting_month,
    first_known.known_from_date,
    'on the wrong side of the seam, or on both' as fault
from months_by_basis
left join first_known
    on months_by_basis.source_relation = first_known.source_relation
    and months_by_basis.subscription_id = first_known.subscription_id
where months_by_basis.is_known + months_by_basis.is_estimated <> 1
    or (
        months_by_basis.is_estimated = 1
        and first_known.known_from_date <= months_by_basis.last_date
    )

union all

select
    counted.source_relation,
    counted.subscription_id,
    counted.reporting_month,
    cast(null as date) as known_from_date,
    'lost' as fault
from counted
left join months_by_basis
    on counted.source_relation = months_by_basis.source_relation
    and counted.subscription_id = months_by_basis.subscription_id
    and counted.reporting_month = months_by_basis.reporting_month
    and months_by_basis.is_known = 1
where months_by_basis.subscription_id is null
{% endcall %}
