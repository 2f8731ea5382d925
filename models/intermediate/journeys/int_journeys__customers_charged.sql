{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

-- When each customer was charged, and first and last paid.
with

charges as (

    select
        *,
        row_number() over (
            partition by source_relation, customer_id, is_gross
            order by created_at, {{ binary_order('charge_id') }}
        ) as charge_rank
    from {{ touched('int_payments__charges_captured') }}
    where reporting_date is not null
        and customer_id is not null

),

final as (

    select
        source_relation,
        customer_id,
        max(case when is_gross and charge_rank = 1 then charge_id end)
            as first_payment_id,
        min(created_at) as first_charge_at,
        min(case when is_gross then created_at end) as first_payment_at,
        max(case when is_gross then created_at end) as last_payment_at
    from charges
    group by source_relation, customer_id

)

select * from final
