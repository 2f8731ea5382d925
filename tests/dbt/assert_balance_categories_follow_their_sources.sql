-- Adjustments whose category is not that of what they adjust, and charges and refunds
-- that are not in theirs; a delivered reporting_category stands.
{% call if_built() %}
with

transactions as (

    select
        facts.source_relation,
        facts.balance_transaction_id,
        facts.source_id,
        facts.refund_id,
        lower(trim(facts.type)) as type,
        facts.description,
        facts.reporting_category,
        staged.amount_minor,
        disputes.dispute_id
    from {{ touched('fct_balance_transactions') }} as facts
    inner join {{ touched('stg_stripe__balance_transactions') }} as staged
        on facts.source_relation = staged.source_relation
        and facts.balance_transaction_id = staged.balance_transaction_id
    left join {{ touched('fct_disputes') }} as disputes
        on facts.source_relation = disputes.source_relation
        and facts.source_id = disputes.dispute_id
    where staged.reporting_category is null

)

select * from transactions
where (type in ('charge', 'payment') and reporting_category <> 'charge')
    or (
        type in ('refund', 'payment_refund')
        and reporting_category not in ('refund', 'partial_capture_reversal')
    )
    or (
        type in ('refund', 'payment_refund')
        and refund_id is null
        and {{ own_words('description') }} like '%partial capture%'
        and reporting_category <> 'partial_capture_reversal'
    )
    or (type = 'refund_failure' and reporting_category <> 'refund_failure')
    or (type = 'payment_failure_refund' and reporting_category <> 'charge_failure')
    or (type = 'payout' and reporting_category <> 'payout')
    or (
        type = 'adjustment'
        and dispute_id is not null
        and reporting_category
        <> case when amount_minor > 0 then 'dispute_reversal' else 'dispute' end
    )
    or (
        reporting_category = 'partial_capture_reversal'
        and type not in ('refund', 'payment_refund')
    )
{% endcall %}
