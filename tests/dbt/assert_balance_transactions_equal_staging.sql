-- Balance transactions against the rows that Segment delivered: each once, at its
-- amounts, and in net volume by its category alone. Those of test-mode charges are left
-- out on purpose.
{% call if_built() %}
with

test_mode_objects as (

    select * from {{ ref('int_payments__test_mode_objects') }}

),

staged as (

    select
        transactions.*,
        {{ reporting_date('transactions.created_at') }} as reporting_date
    from {{ ref('stg_stripe__balance_transactions') }} as transactions
    left join test_mode_objects as sources
        on transactions.source_relation = sources.source_relation
        and transactions.source_id = sources.object_id
    left join test_mode_objects as named
        on transactions.source_relation = named.source_relation
        and transactions.balance_transaction_id = named.object_id
    where coalesce(sources.object_id, named.object_id) is null

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

)

select
    staged.source_relation,
    staged.balance_transaction_id,
    staged.type,
    facts.reporting_category,
    facts.transaction_amount,
    facts.fee_amount,
    facts.net_amount
from staged
left join {{ ref('fct_balance_transactions') }} as facts
    on staged.source_relation = facts.source_relation
    and staged.balance_transaction_id = facts.balance_transaction_id
left join {{ ref('stg_stripe__charges') }} as charges
    on staged.source_relation = charges.source_relation
    and staged.source_id = charges.charge_id
    and {{ reporting_date('charges.created_at') }} <= {{ as_of_date() }}
left join currencies
    on staged.currency = currencies.currency
where staged.reporting_date <= {{ as_of_date() }}
    and (
        facts.balance_transaction_id is null
        or facts.transaction_amount <> {{ major_units('staged.amount_minor') }}
        or facts.fee_amount <> {{ major_units(
            'coalesce(staged.fee_minor, staged.amount_minor - staged.net_minor, 0)'
        ) }}
        or facts.net_amount <> {{ major_units('staged.net_minor') }}
        or facts.reporting_date <> staged.reporting_date
        or facts.is_net_volume
        <> coalesce(
            facts.reporting_category like 'refund%'
            or facts.reporting_category like 'charge%'
            or facts.reporting_category like 'dispute%'
            or facts.reporting_category like 'partial_capture%',
            false
        )
        or (charges.charge_id is not null and facts.charge_id is null)
    )
{% endcall %}
