-- New customers by the day of their creation, in their home currency.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

final as (

    select
        source_relation,
        created_date as reporting_date,
        currency,
        count(*) as new_customer_count
    from customers
    group by source_relation, created_date, currency

)

select * from final
