-- Staging and facts hold the same balance transactions and disputes, less those of test
-- mode and those dated after the as-of day: no join drops one or fans out.
{% call if_built() %}
with

test_mode_objects as (

    select * from {{ ref('int_payments__test_mode_objects') }}

),

staged as (

    select
        transactions.source_relation,
        'balance_transaction' as object_type,
        transactions.balance_transaction_id as object_id
    from {{ ref('stg_stripe__balance_transactions') }} as transactions
    left join test_mode_objects as sources
        on transactions.source_relation = sources.source_relation
        and transactions.source_id = sources.object_id
    left join test_mode_objects as named
        on transactions.source_relation = named.source_relation
        and transactions.balance_transaction_id = named.object_id
    where {{ reporting_date('transactions.created_at') }} <= {{ as_of_date() }}
        and coalesce(sources.object_id, named.object_id) is null

    union all

    select
        disputes.source_relation,
        'dispute' as object_type,
        disputes.dispute_id as object_id
    from {{ ref('stg_stripe__disputes') }} as disputes
    left join test_mode_objects
        on disputes.source_relation = test_mode_objects.source_relation
        and disputes.dispute_id = test_mode_objects.object_id
    where {{ reporting_date('disputes.created_at') }} <= {{ as_of_date() }}
        and test_mode_objects.object_id is null

),

facts as (

    select
        source_relation,
        'balance_transaction' as object_type,
        balance_transaction_id as object_id
    from {{ ref('fct_balance_transactions') }}

    union all

    select
        source_relation,
        'dispute' as object_type,
        dispute_id as object_id
    from {{ ref('fct_disputes') }}

),

counted as (

    select
        source_relation,
        object_type,
        object_id,
        1 as staged_count,
        0 as fact_count
    from staged

    union all

    select
        source_relation,
        object_type,
        object_id,
        0 as staged_count,
        1 as fact_count
    from facts

)

select
    source_relation,
    object_type,
    object_id,
    sum(staged_count) as staged_count,
    sum(fact_count) as fact_count
from counted
group by
    source_relation,
    object_type,
    object_id
having sum(staged_count) <> sum(fact_count)
{% endcall %}
