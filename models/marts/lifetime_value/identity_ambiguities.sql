with

device_users as (

    select * from {{ ref('int_identity__device_users') }}
    where user_count > 1

),

claims as (

    select * from {{ ref('int_identity__claims') }}

),

customers as (

    select * from {{ ref('int_identity__customers') }}
    where is_ambiguous

),

final as (

    select
        'shared_device' as ambiguity_type,
        cast(null as {{ text() }}) as source_relation,
        anonymous_id,
        cast(null as {{ text() }}) as customer_id,
        user_id,
        cast(null as {{ text() }}) as match_method,
        user_count,
        false as is_matched
    from device_users
    union all
    select
        case
            when customers.user_id is null then 'several_users'
            else 'conflicting_evidence'
        end as ambiguity_type,
        claims.source_relation,
        cast(null as {{ text() }}) as anonymous_id,
        claims.customer_id,
        claims.user_id,
        claims.match_method,
        claims.user_count,
        coalesce(claims.user_id = customers.user_id, false) as is_matched
    from claims
    inner join customers
        on claims.source_relation = customers.source_relation
        and claims.customer_id = customers.customer_id

)

select * from final
