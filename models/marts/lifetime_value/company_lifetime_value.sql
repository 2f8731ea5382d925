with

companies as (

    select * from {{ ref('customer_companies') }}

),

customers as (

    select * from {{ ref('customer_lifetime_value') }}

),

final as (

    select
        companies.company_id,
        companies.company_name,
        customers.currency,
        cast(sum(customers.lifetime_value_amount) as {{ exact() }})
            as lifetime_value_amount,
        cast(sum(customers.gross_amount) as {{ exact() }})
            as gross_amount,
        cast(sum(customers.refund_amount) as {{ exact() }})
            as refund_amount,
        cast(sum(customers.fee_amount) as {{ exact() }})
            as fee_amount,
        cast(sum(customers.mrr_amount) as {{ exact() }})
            as mrr_amount,
        cast(sum(customers.predicted_lifetime_value_amount) as {{ exact() }})
            as predicted_lifetime_value_amount,
        cast(count(*) as {{ dbt.type_bigint() }}) as customer_count,
        cast(count(distinct companies.user_id) as {{ dbt.type_bigint() }})
            as user_count
    from customers
    inner join companies
        on customers.source_relation = companies.source_relation
        and customers.customer_id = companies.customer_id
    group by companies.company_id, companies.company_name, customers.currency

)

select * from final
