-- To the payment and on to the money is the whole way, but for roundings; only charges
-- that succeeded went it, and none in less than since its payment's first try.
{% call if_built() %}
with

charges as (

    select
        charges.*,
        folding.received_at,
        payments.created_at as first_attempted_at
    from {{ touched('fct_charges') }} as charges
    inner join {{ touched('int_payments__charges_captured') }} as folding
        on charges.source_relation = folding.source_relation
        and charges.charge_id = folding.charge_id
    inner join {{ touched('fct_payments') }} as payments
        on folding.source_relation = payments.source_relation
        and folding.payment_id = payments.payment_id

)

select
    source_relation,
    charge_id,
    status,
    days_to_payment,
    days_to_settlement,
    days_to_fulfillment,
    days_to_sync
from charges
where abs(days_to_payment + days_to_settlement - days_to_fulfillment) > 0.000002
    or (days_to_settlement is null and days_to_fulfillment is not null)
    or (status = 'succeeded' and days_to_payment is null)
    or (
        status <> 'succeeded'
        and coalesce(days_to_payment, days_to_settlement, days_to_fulfillment)
        is not null
    )
    or days_to_payment < {{ days_between('first_attempted_at', 'created_at') }}
    or (received_at is not null and days_to_sync is null)
{% endcall %}
