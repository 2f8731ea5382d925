-- The daily mart counts each customer and each settled payment once.
with

customers as (

    select
        source_relation,
        count(*) as customer_count
    from {{ ref('dim_customers') }}
    where created_date is not null
    group by source_relation

),

payments as (

    select
        source_relation,
        count(*) as payment_count
    from {{ ref('fct_payments') }}
    where status in ('succeeded', 'failed')
        and currency is not null
    group by source_relation

),

days as (

    select
        source_relation,
        sum(new_customer_count) as customer_count,
        sum(succeeded_payment_count + failed_payment_count) as payment_count
    from {{ ref('executive_summary_daily') }}
    group by source_relation

)

select
    days.source_relation,
    days.customer_count as daily_customer_count,
    customers.customer_count,
    days.payment_count as daily_payment_count,
    payments.payment_count
from days
left join customers
    on days.source_relation = customers.source_relation
left join payments
    on days.source_relation = payments.source_relation
where days.customer_count <> coalesce(customers.customer_count, 0)
    or days.payment_count <> coalesce(payments.payment_count, 0)
