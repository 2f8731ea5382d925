-- Every Stripe customer that any figure knows, once, delivered as a row or not.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

staged as (

    select * from {{ ref('stg_stripe__customers') }}

),

charges as (

    select * from {{ ref('int_payments__charges_captured') }}
    where reporting_date is not null
        and customer_id is not null

),

refunds as (

    -- Also of charges without a date.
    select * from {{ ref('fct_refunds') }}
    where is_counted
        and customer_id is not null

),

invoices as (

    select * from {{ ref('int_receivables__customers_owing') }}

),

recurring as (

    select * from {{ ref('int_subscriptions__customer_months') }}
    where mrr_amount <> 0

),

customer_ids as (

    select
        source_relation,
        customer_id
    from charges
    union distinct
    select
        source_relation,
        customer_id
    from recurring
    {%- for dealings in ['customers', 'refunds', 'invoices'] %}
        union distinct
        select
            source_relation,
            customer_id
        from {{ dealings }}
        where currency is not null
    {%- endfor %}

),

final as (

    select
        customer_ids.source_relation,
        customer_ids.customer_id,
        {{ clean_id('staged.user_id') }} as metadata_user_id,
        {{ clean_id('lower(customers.email)') }} as email,
        customers.created_at
    from customer_ids
    left join customers
        on customer_ids.source_relation = customers.source_relation
        and customer_ids.customer_id = customers.customer_id
    left join staged
        on customers.source_relation = staged.source_relation
        and customers.customer_id = staged.customer_id

)

select * from final
