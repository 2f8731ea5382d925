-- The user of each customer: the strongest method decides, if it names one user only.
{{ config(materialized='table') }}

with

customers as (

    select * from {{ ref('int_identity__customers_known') }}

),

claims as (

    select * from {{ ref('int_identity__claims') }}

),

strongest as (

    select
        source_relation,
        customer_id,
        min(method_rank) as method_rank,
        count(distinct user_id) as user_count
    from claims
    group by source_relation, customer_id

),

decided as (

    select
        claims.source_relation,
        claims.customer_id,
        claims.match_method,
        max(strongest.user_count) as user_count,
        max(claims.user_id) as user_id,
        count(*) as claim_count
    from claims
    inner join strongest
        on claims.source_relation = strongest.source_relation
        and claims.customer_id = strongest.customer_id
        and claims.method_rank = strongest.method_rank
    group by claims.source_relation, claims.customer_id, claims.match_method

),

matched as (

    select
        customers.source_relation,
        customers.customer_id,
        case when decided.claim_count = 1 then decided.user_id end as user_id,
        case when decided.claim_count = 1 then decided.match_method end
            as match_method,
        cast(coalesce(decided.user_count, 0) as {{ dbt.type_bigint() }}) as user_count,
        customers.created_at
    from customers
    left join decided
        on customers.source_relation = decided.source_relation
        and customers.customer_id = decided.customer_id

),

final as (

    select
        source_relation,
        customer_id,
        case
            when user_id is not null then 'user:' || user_id
            else 'customer:' || source_relation || ':' || customer_id
        end as person_id,
        user_id,
        match_method,
        user_count,
        created_at
    from matched

)

select * from final
