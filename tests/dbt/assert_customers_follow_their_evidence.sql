-- Customers whose user is not whom the evidence names: the metadata column first, then
-- a user's Stripe id, then the e-mail; nobody where the first with any names several.
{% call if_built() %}
with

said as (

    select
        {{ clean_id('user_id') }} as user_id,
        {{ clean_id('lower(email)') }} as email,
        {{ clean_id('stripe_customer_id') }} as stripe_customer_id
    from {{ ref('stg_segment__identifies') }}
    where {{ is_by_as_of('occurred_at') }}
    union all
    select
        {{ clean_id('user_id') }} as user_id,
        {{ clean_id('lower(email)') }} as email,
        {{ clean_id('stripe_customer_id') }} as stripe_customer_id
    from {{ ref('stg_segment__users') }}
    where {{ is_by_as_of('created_at') }}

),

evidence as (

    select
        customers.source_relation,
        customers.customer_id,
        1 as method_rank,
        'metadata' as match_method,
        {{ clean_id('staged.user_id') }} as user_id
    from {{ ref('dim_customers') }} as customers
    inner join {{ ref('stg_stripe__customers') }} as staged
        on customers.source_relation = staged.source_relation
        and customers.customer_id = staged.customer_id
    union all
    select
        customers.source_relation,
        customers.customer_id,
        2 as method_rank,
        'trait' as match_method,
        said.user_id
    from {{ ref('int_identity__customers') }} as customers
    inner join said
        on customers.customer_id = said.stripe_customer_id
    union all
    select
        customers.source_relation,
        customers.customer_id,
        3 as method_rank,
        'email' as match_method,
        said.user_id
    from {{ ref('dim_customers') }} as customers
    inner join said
        on {{ clean_id('lower(customers.email)') }} = said.email

),

named as (

    select
        source_relation,
        customer_id,
        method_rank,
        match_method,
        min(user_id) as user_id,
        count(distinct user_id) as user_count,
        min(method_rank) over (
            partition by source_relation, customer_id
        ) as first_rank
    from evidence
    where user_id is not null
    group by
        source_relation,
        customer_id,
        method_rank,
        match_method

)

select
    customers.source_relation,
    customers.customer_id,
    customers.user_id,
    customers.match_method,
    named.user_id as named_user_id,
    named.match_method as named_by,
    named.user_count
from {{ ref('int_identity__customers') }} as customers
left join named
    on customers.source_relation = named.source_relation
    and customers.customer_id = named.customer_id
    and named.method_rank = named.first_rank
where coalesce(customers.user_id, '')
    <> case when named.user_count = 1 then named.user_id else '' end
    or coalesce(customers.match_method, '')
    <> case when named.user_count = 1 then named.match_method else '' end
{% endcall %}
