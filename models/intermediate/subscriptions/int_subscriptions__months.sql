-- Every month of an account from the first in which anything is known to the as-of
-- month, with the last day of it that counts.
{{ config(materialized=built_as('table')) }}
with

all_months as (

    {{ all_months() }}

),

begun as (

    select
        source_relation,
        valid_from_date
    from {{ ref('int_subscriptions__subscription_versions') }}

    union all

    select
        source_relation,
        valid_from_date
    from {{ ref('int_subscriptions__lines_estimated') }}

),

first_months as (

    -- What was never dated begins with what was, else in the as-of month.
    select
        source_relation,
        coalesce(
            min(
                case
                    when valid_from_date > cast('1970-01-02' as date)
                        then {{ first_day_of('month', 'valid_from_date') }}
                end
            ),
            {{ first_day_of('month', as_of_date()) }}
        ) as first_month
    from begun
    group by source_relation

),

final as (

    select
        first_months.source_relation,
        all_months.reporting_month,
        case
            when all_months.reporting_month = {{ first_day_of('month', as_of_date()) }}
                then {{ as_of_date() }}
            else cast(
                    {{ dbt.last_day('all_months.reporting_month', 'month') }} as date
                )
        end as last_date
    from first_months
    inner join all_months
        on first_months.first_month <= all_months.reporting_month

)

select * from final
