-- Every customer that has a row or a charge is in the mart, with one user at most and
-- exactly one channel.
{% call if_built() %}
with

customers as (

    select * from {{ ref('dim_customers') }}

),

charges as (

    select * from {{ ref('fct_charges') }}
    where customer_id is not null
        and currency is not null

),

known as (

    select
        source_relation,
        customer_id
    from customers
    {{ union_distinct() }}
    select
        source_relation,
        customer_id
    from charges

),

valued as (

    select
        source_relation,
        customer_id,
        count(distinct coalesce(user_id, '')) as user_count,
        count(distinct first_touch_channel) as channel_count
    from {{ ref('customer_lifetime_value') }}
    group by
        source_relation,
        customer_id

)

select
    known.source_relation,
    known.customer_id,
    valued.user_count,
    valued.channel_count
from known
left join valued
    on known.source_relation = valued.source_relation
    and known.customer_id = valued.customer_id
where valued.customer_id is null
    or valued.user_count <> 1
    or valued.channel_count <> 1
{% endcall %}
