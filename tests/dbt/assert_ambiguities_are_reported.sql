-- Devices of several users and customers whose evidence names several, as far as
-- identity_ambiguities does not list them; and whom it lists without reason.
{% call if_built() %}
with

device_users as (

    select distinct
        anonymous_id,
        user_id
    from {{ ref('int_identity__touches') }}
    where anonymous_id is not null
        and user_id is not null

),

found as (

    select
        anonymous_id as object_id,
        count(*) as user_count,
        0 as listed_count
    from device_users
    group by anonymous_id
    having count(*) > 1
    union all
    select
        anonymous_id as object_id,
        0 as user_count,
        count(*) as listed_count
    from {{ ref('identity_ambiguities') }}
    where ambiguity_type = 'shared_device'
    group by anonymous_id
    union all
    select
        source_relation || ':' || customer_id as object_id,
        1 as user_count,
        0 as listed_count
    from {{ ref('int_identity__customers') }}
    where is_ambiguous
    union all
    select
        source_relation || ':' || customer_id as object_id,
        0 as user_count,
        1 as listed_count
    from {{ ref('identity_ambiguities') }}
    where ambiguity_type <> 'shared_device'
    group by
        source_relation,
        customer_id

)

select
    object_id,
    sum(user_count) as user_count,
    sum(listed_count) as listed_count
from found
group by object_id
having sum(user_count) <> sum(listed_count)
{% endcall %}
