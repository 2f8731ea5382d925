-- The first captured charge of every person who has paid.
with

customers as (

    select * from {{ ref('int_identity__customers') }}

),

charges as (

    select * from {{ ref('int_payments__charges_captured') }}
    where is_gross
        and reporting_date is not null

),

ranked as (

    select
        customers.person_id,
        charges.source_relation,
        charges.customer_id,
        charges.charge_id,
        charges.created_at as first_payment_at,
        row_number() over (
            partition by customers.person_id
            order by
                charges.created_at,
                {{ binary_order('charges.charge_id') }},
                {{ binary_order('charges.source_relation') }}
        ) as charge_rank
    from charges
    inner join customers
        on charges.source_relation = customers.source_relation
        and charges.customer_id = customers.customer_id

),

final as (

    select
        person_id,
        source_relation,
        customer_id,
        charge_id,
        first_payment_at
    from ranked
    where charge_rank = 1

)

select * from final
