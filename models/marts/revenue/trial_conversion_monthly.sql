with

trials as (

    select * from {{ ref('fct_subscriptions') }}
    where trial_outcome <> 'trialing'
        and currency is not null

),

counted as (

    select
        source_relation,
        currency,
        count(*) as ended_trial_count,
        sum(case when trial_outcome = 'converted' then 1 else 0 end)
            as trial_conversion_count,
        sum(case when trial_outcome = 'lost' then 1 else 0 end) as lost_trial_count,
        sum(case when trial_outcome = 'pending' then 1 else 0 end)
            as pending_trial_count,
        {{ first_day_of('month', 'trial_ended_date') }} as reporting_month
    from trials
    group by source_relation, currency, {{ first_day_of('month', 'trial_ended_date') }}

),

final as (

    select
        source_relation,
        currency,
        {{ count_figure('ended_trial_count') }} as ended_trial_count,
        {{ count_figure('trial_conversion_count') }} as trial_conversion_count,
        {{ count_figure('lost_trial_count') }} as lost_trial_count,
        {{ count_figure('pending_trial_count') }} as pending_trial_count,
        {{ ratio(
            'trial_conversion_count', '(trial_conversion_count + lost_trial_count)'
        ) }} as trial_conversion_rate,
        reporting_month
    from counted

)

select * from final
