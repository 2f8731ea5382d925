-- Money spent on advertising by month, channel and currency; none unless configured.
with

spend as ({{ ad_spend() }}),

cleaned as (

    select
        {{ clean_id('lower(channel)') }} as channel,
        {{ clean_id('lower(currency)') }} as currency,
        coalesce(spend, 0) as spend_amount,
        {{ first_day_of('month', 'spend_date') }} as acquisition_month
    from spend
    where spend_date <= {{ as_of_date() }}

),

final as (

    select
        channel,
        currency,
        cast(sum(spend_amount) as numeric(38, 6)) as spend_amount,
        acquisition_month
    from cleaned
    where channel is not null
        and currency is not null
    group by channel, currency, acquisition_month

)

select * from final
