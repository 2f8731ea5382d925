with

currencies as (

    select * from {{ ref('int_summaries__account_currencies') }}

),

all_days as (

    {{ all_days() }}

),

accounts as (

    select min(first_day) as first_day
    from currencies

),

final as (

    select all_days.day as reporting_date
    from all_days
    inner join accounts
        on all_days.day >= accounts.first_day

)

select * from final
