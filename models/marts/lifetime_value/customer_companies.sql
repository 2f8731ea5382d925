with

customers as (

    select * from {{ ref('int_identity__customers') }}

),

companies as (

    select * from {{ ref('int_identity__user_companies') }}

),

final as (

    select
        customers.source_relation,
        customers.customer_id,
        customers.user_id,
        companies.company_id,
        companies.company_name
    from customers
    inner join companies
        on customers.user_id = companies.user_id

)

select * from final
