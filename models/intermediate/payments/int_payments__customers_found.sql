{{ config(materialized=by_object('view')) }}

-- Every customer: those whose row is delivered and, for rows may come late, those that
-- only charges, invoices and subscriptions name.
with

delivered as (

    select
        source_relation,
        customer_id,
        currency
    from {{ touched('stg_stripe__customers') }}
    where {{ is_by_as_of('created_at') }}

),

charges as (

    select * from {{ touched('int_payments__charges_captured') }}

),

invoices as (

    select * from {{ touched('int_payments__invoices_live') }}
    where is_by_as_of

),

subscriptions as (

    select * from {{ touched('stg_stripe__subscriptions') }}
    where {{ is_by_as_of('created_at') }}

),

named as (

    select
        source_relation,
        customer_id
    from charges
    where customer_id is not null
    {{ union_distinct() }}
    select
        source_relation,
        customer_id
    from invoices
    where customer_id is not null
    {{ union_distinct() }}
    select
        source_relation,
        customer_id
    from subscriptions
    where customer_id is not null

),

final as (

    select * from delivered
    union all
    select
        named.source_relation,
        named.customer_id,
        cast(null as {{ text() }}) as currency
    from named
    left join delivered
        on named.source_relation = delivered.source_relation
        and named.customer_id = delivered.customer_id
    where delivered.customer_id is null

)

select * from final
