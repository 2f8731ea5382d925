-- The user of each customer: the strongest method decides, if it names one user only.
{{ config(materialized=built_as('table')) }}

with

customers as (

    select * from {{ ref('int_identity__customers_found') }}

),

claims as (

    select * from {{ ref('int_identity__claims') }}

),

strongest as (

    select
        source_relation,
        customer_id,
        min(method_rank) as method_rank,
        max(user_count) > 1 or count(distinct user_id) > 1 as is_ambiguous
    from claims
    group by source_relation, customer_id

),

matched as (

    select
        customers.source_relation,
        customers.customer_id,
        customers.email,
        claims.user_id,
        case when claims.user_id is not null then claims.match_method end
            as match_method,
        coalesce(strongest.is_ambiguous, false) as is_ambiguous,
        customers.created_at
    from customers
    left join strongest
        on customers.source_relation = strongest.source_relation
        and customers.customer_id = strongest.customer_id
    left join claims
        on strongest.source_relation = claims.source_relation
        and strongest.customer_id = claims.customer_id
        and strongest.method_rank = claims.method_rank

),

shared as (

    -- Customers with one e-mail address are one person, where that is asked for.
    select
        *,
        coalesce(user_id, {{ user_of_email() }}) as person_user_id,
        {{ united_email() }} as person_email
    from matched

),

final as (

    select
        source_relation,
        customer_id,
        case
            when person_user_id is not null then 'user:' || person_user_id
            when person_email is not null then 'email:' || person_email
            else 'customer:' || source_relation || ':' || customer_id
        end as person_id,
        user_id,
        match_method,
        is_ambiguous,
        created_at
    from shared

)

select * from final
