-- Companies hold the money of the customers whose user has one, each customer once.
{% call if_built() %}
with

users as (

    select user_id from {{ ref('int_identity__user_companies') }}

),

amounts as (

    select
        customers.currency,
        customers.lifetime_value_amount,
        customers.gross_amount,
        customers.mrr_amount,
        1 as customer_count
    from {{ ref('customer_lifetime_value') }} as customers
    inner join users
        on customers.user_id = users.user_id
    union all
    select
        currency,
        -lifetime_value_amount as lifetime_value_amount,
        -gross_amount as gross_amount,
        -mrr_amount as mrr_amount,
        -customer_count as customer_count
    from {{ ref('company_lifetime_value') }}

)

select
    currency,
    sum(lifetime_value_amount) as lifetime_value_difference,
    sum(gross_amount) as gross_difference,
    sum(mrr_amount) as mrr_difference,
    sum(customer_count) as customer_difference
from amounts
group by currency
having sum(lifetime_value_amount) <> 0
    or sum(gross_amount) <> 0
    or sum(mrr_amount) <> 0
    or sum(customer_count) <> 0
{% endcall %}
