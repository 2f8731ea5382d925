-- No step of identity or journey has more rows than what it is made from.
{% call if_built() %}
with

counted as (

    select
        'touches' as step,
        count(*) as row_count
    from {{ ref('int_identity__touches') }}
    union all
    select
        'device_users' as step,
        count(*) as row_count
    from {{ ref('int_identity__device_users') }}
    union all
    select
        'sessions' as step,
        count(*) as row_count
    from {{ ref('int_journeys__sessions') }}
    union all
    select
        'user_traits' as step,
        count(*) as row_count
    from {{ ref('int_identity__user_traits') }}
    union all
    select
        'customers_found' as step,
        count(*) as row_count
    from {{ ref('int_identity__customers_found') }}
    union all
    select
        'claims' as step,
        count(*) as row_count
    from {{ ref('int_identity__claims') }}
    union all
    select
        'customers' as step,
        count(*) as row_count
    from {{ ref('int_identity__customers') }}
    union all
    select
        'users' as step,
        count(*) as row_count
    from {{ ref('int_identity__users') }}
    union all
    select
        'people' as step,
        count(*) as row_count
    from {{ ref('int_journeys__people') }}
    union all
    select
        'staged_users' as step,
        count(*) as row_count
    from {{ ref('stg_segment__users') }}

),

steps as (

    -- Claims come from user traits twice: by Stripe id and by e-mail.
    select
        'device_users' as step,
        'touches' as made_from
    union all
    select
        'sessions' as step,
        'touches' as made_from
    union all
    select
        'user_traits' as step,
        'touches' as made_from
    union all
    select
        'user_traits' as step,
        'staged_users' as made_from
    union all
    select
        'claims' as step,
        'customers_found' as made_from
    union all
    select
        'claims' as step,
        'user_traits' as made_from
    union all
    select
        'claims' as step,
        'user_traits' as made_from
    union all
    select
        'customers' as step,
        'customers_found' as made_from
    union all
    select
        'users' as step,
        'touches' as made_from
    union all
    select
        'users' as step,
        'staged_users' as made_from
    union all
    select
        'users' as step,
        'customers' as made_from
    union all
    select
        'people' as step,
        'sessions' as made_from
    union all
    select
        'people' as step,
        'users' as made_from
    union all
    select
        'people' as step,
        'customers' as made_from

),

allowed as (

    select
        steps.step,
        sum(inputs.row_count) as input_count
    from steps
    inner join counted as inputs
        on steps.made_from = inputs.step
    group by steps.step

)

select
    counted.step,
    counted.row_count,
    allowed.input_count
from counted
inner join allowed
    on counted.step = allowed.step
where counted.row_count > allowed.input_count
{% endcall %}
