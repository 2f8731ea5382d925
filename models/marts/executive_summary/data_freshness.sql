with

account_currencies as (

    select * from {{ ref('int_summaries__account_currencies') }}

),

final as (

    select
        source_relation,
        '{{ setting('reporting_timezone') }}' as reporting_timezone,
        {{ as_of_date() }} as as_of_date,
        max(last_day) as last_activity_date,
        cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as {{ moment() }})
            as built_at
    from account_currencies
    group by source_relation

)

select * from final
