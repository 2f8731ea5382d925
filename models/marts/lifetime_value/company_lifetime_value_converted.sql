-- What companies brought, all currencies in one: the sums of their customers.
with

companies as (

    select * from {{ ref('customer_companies') }}

),

customers as (

    select * from {{ ref('customer_lifetime_value_converted') }}

),

owned as (

    select
        customers.*,
        companies.company_id,
        companies.company_name,
        companies.user_id as company_user_id
    from customers
    inner join companies
        on customers.source_relation = companies.source_relation
        and customers.customer_id = companies.customer_id

),

final as (

    select
        company_id,
        company_name,
        currency,
        {{ known_sum('lifetime_value_amount') }} as lifetime_value_amount,
        {{ known_sum('gross_amount') }} as gross_amount,
        {{ known_sum('refund_amount') }} as refund_amount,
        {{ known_sum('fee_amount') }} as fee_amount,
        {{ known_sum('mrr_amount') }} as mrr_amount,
        {{ known_sum('predicted_lifetime_value_amount', made_of='mrr_amount') }}
            as predicted_lifetime_value_amount,
        cast(
            count(distinct source_relation || ':' || customer_id)
            as {{ dbt.type_bigint() }}
        ) as customer_count,
        cast(count(distinct company_user_id) as {{ dbt.type_bigint() }}) as user_count,
        max(case when is_rate_missing then 1 else 0 end) = 1 as is_rate_missing
    from owned
    group by company_id, company_name, currency

)

select * from final
