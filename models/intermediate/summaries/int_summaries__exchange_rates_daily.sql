{{ config(materialized=built_as('table')) }}

{% set age = 'cast(ages.age as ' ~ dbt.type_int() ~ ')' %}

-- The rate of every currency on every day that has one: the latest on or before it, for
-- so many days (weekends have none of their own). One unit is one unit of itself.
with

exchange_rates as ({{ exchange_rates() }}),

numbers as ({{ dbt.generate_series(setting('max_rate_age_days') + 1) }}),

all_days as ({{ all_days() }}),

ages as (

    select generated_number - 1 as age
    from numbers

),

dated as (

    select
        currency,
        exchange_rate,
        rate_date,
        lead(rate_date) over (
            partition by currency
            order by rate_date
        ) as next_rate_date
    from exchange_rates
    where exchange_rate is not null
        and currency <> {{ reporting_currency() }}
        and rate_date <= {{ as_of_date() }}

),

carried as (

    select
        dated.*,
        ages.age,
        cast({{ dbt.dateadd('day', age, 'dated.rate_date') }} as date)
            as reporting_date
    from dated
    cross join ages

),

final as (

    select
        currency,
        exchange_rate,
        cast(age as {{ dbt.type_bigint() }}) as rate_age_days,
        reporting_date,
        rate_date
    from carried
    where reporting_date <= {{ as_of_date() }}
        and coalesce(reporting_date < next_rate_date, true)

    union all

    select
        {{ reporting_currency() }} as currency,
        cast(1 as {{ exact(12) }}) as exchange_rate,
        cast(0 as {{ dbt.type_bigint() }}) as rate_age_days,
        day as reporting_date,
        day as rate_date
    from all_days
    where {{ has_reporting_currency() }}

)

select * from final
