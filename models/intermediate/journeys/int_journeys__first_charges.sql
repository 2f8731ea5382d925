-- The first captured charge of every person who has paid.
with

customers as (

    select * from {{ ref('int_identity__customers') }}

),

charged as (

    select * from {{ ref('int_journeys__customers_charged') }}
    where first_payment_at is not null

),

ranked as (

    select
        customers.person_id,
        charged.source_relation,
        charged.customer_id,
        charged.first_payment_id as charge_id,
        charged.first_payment_at,
        row_number() over (
            partition by customers.person_id
            order by
                charged.first_payment_at,
                {{ binary_order('charged.first_payment_id') }},
                {{ binary_order('charged.source_relation') }}
        ) as charge_rank
    from charged
    inner join customers
        on charged.source_relation = customers.source_relation
        and charged.customer_id = customers.customer_id

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
