-- Captured charges by what the shop knows of its customers.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

charges as (

    select * from {{ ref('segment_stripe', 'fct_charges') }}
    where is_gross

),

final as (

    select
        coalesce(customers.plan_tier, 'none') as plan_tier,
        charges.currency,
        count(*) as gross_charge_count,
        sum(charges.gross_amount) as gross_charge_amount
    from charges
    left join customers
        on charges.customer_id = customers.stripe_customer_id
    group by coalesce(customers.plan_tier, 'none'), charges.currency

)

select * from final
